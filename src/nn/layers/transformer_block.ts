import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../numeric/random.ts";
import type { Tensor } from "../tensor.ts";
import type { VariableSet } from "../variable_set.ts";
import { attention } from "./attention.ts";
import { denseLayer } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { gelu } from "./gelu.ts";
import { layerNorm } from "./layer_norm.ts";

/** Sizes of a {@linkcode transformerBlock}. */
export interface TransformerBlockSizes {
  /** Numbers a place of the sequence. */
  readonly width: number;
  /** Heads of attention; they divide the width. */
  readonly heads: number;
  /** Units of the perceptron's hidden layer. */
  readonly hidden: number;
  /**
   * Whether places attend to those of another sequence, and not to those of their own.
   *
   * @default {false}
   */
  readonly crosses?: boolean;
}

/** What a block works on. */
export interface BlockInput {
  /** The sequence [n, places, width]. */
  readonly x: Tensor;
  /**
   * The sequence that it attends to [n, other places, width], for a block that crosses.
   *
   * @default {x}
   */
  readonly context?: Tensor;
  /** Share of what attention and perceptron add that training drops. */
  readonly dropoutRate: number;
  /** Source of dropout masks, when training. */
  readonly random?: Random;
}

/**
 * A block of a transformer, normalised first (R. Xiong et al., "On layer normalization in the transformer
 * architecture", ICML 2020): `x + attention(norm(x))`, then `x + perceptron(norm(x))` with one hidden layer and GELU.
 * A block that crosses attends to another sequence, normalised by itself, as the decoder of A. Vaswani et al.
 * ("Attention is all you need", NeurIPS 2017) does. Adds `<name>/norm`, `<name>/context_norm` (where it crosses),
 * `<name>/query`, `key`, `value`, `out`, `<name>/norm_1`, `<name>/up` and `<name>/down`.
 *
 * @returns The block: [n, places, width] to the same shape.
 */
export function transformerBlock(
  variables: VariableSet,
  name: string,
  { width, heads, hidden, crosses = false }: TransformerBlockSizes,
  random: Random,
): (input: BlockInput) => Tensor {
  const norm = layerNormLayer(variables, `${name}/norm`, width);
  const contextNorm = crosses ? layerNormLayer(variables, `${name}/context_norm`, width) : norm;
  const [query, key, value, out] = ["query", "key", "value", "out"].map((part) =>
    denseLayer(variables, `${name}/${part}`, width, width, random)
  );
  const perceptronNorm = layerNormLayer(variables, `${name}/norm_1`, width);
  const up = denseLayer(variables, `${name}/up`, width, hidden, random);
  const down = denseLayer(variables, `${name}/down`, hidden, width, random);

  return ({ x, context, dropoutRate, random }) => {
    const rows = (tensor: Tensor) => tf.reshape(tensor, [-1, width]);
    const like = (tensor: Tensor, { shape }: Tensor) => tf.reshape(tensor, shape);
    const own = norm(x);
    const other = context === undefined ? own : contextNorm(context);
    const [q, k, v] = [
      like(query(rows(own)), own),
      like(key(rows(other)), other),
      like(value(rows(other)), other),
    ];
    const mixed = out(rows(attention(q, k, v, heads)));
    const attended = tf.add(x, like(dropout(mixed, dropoutRate, random), x));
    const inner = gelu(up(rows(perceptronNorm(attended))));
    return tf.add(attended, like(dropout(down(inner), dropoutRate, random), x));
  };
}

/**
 * {@linkcode layerNorm} with factors and summands of its own. Adds `<name>/gamma` [width], ones, and `<name>/beta`
 * [width], zeros.
 */
export function layerNormLayer(
  variables: VariableSet,
  name: string,
  width: number,
): (x: Tensor) => Tensor {
  const gamma = variables.add(`${name}/gamma`, [width], 1);
  const beta = variables.add(`${name}/beta`, [width]);
  return (x) => layerNorm(x, gamma, beta);
}

import * as tf from "@tensorflow/tfjs";
import { WeightsError } from "./weights_error.ts";

/** A tfjs weight file that its manifest describes. */
export interface ManifestedWeights {
  /** The JSON beside the weights: a graph model, or the weights manifest alone. */
  readonly json: unknown;
  /** Name, shape and storage of each tensor, in the order in which they lie in the file. */
  readonly specs: tf.io.WeightsManifestEntry[];
  /** The bytes, from the start of their own buffer. */
  readonly buffer: ArrayBuffer;
}

/**
 * Reads the manifest of a tfjs weight file and checks the file's length against it. `manifest` is the
 * JSON's text and `file` its name in errors.
 *
 * @throws {WeightsError} If the manifest is not valid, or `weights` has another length than it says.
 */
export function readManifest(
  file: string,
  manifest: string,
  weights: Uint8Array<ArrayBuffer>,
): ManifestedWeights {
  let json;
  try {
    json = JSON.parse(manifest);
  } catch (cause) {
    throw new WeightsError(`${file} is not JSON: reinstall the npm package it comes from`, {
      cause,
    });
  }
  const groups: unknown = json?.weightsManifest ?? json;
  if (!Array.isArray(groups) || !groups.every((group) => Array.isArray(group?.weights))) {
    throw new WeightsError(`${file} holds no tfjs weights manifest`);
  }
  const specs: tf.io.WeightsManifestEntry[] = groups.flatMap((group) => group.weights);
  const needed = specs.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (weights.length !== needed) {
    throw new WeightsError(
      `${file} describes ${needed} bytes of weights, but there are ${weights.length}: ` +
        "reinstall the npm package they come from",
    );
  }
  // tfjs reads from the start of a buffer: give it a view's own bytes, not its neighbours'.
  const buffer = weights.byteLength === weights.buffer.byteLength
    ? weights.buffer
    : weights.slice().buffer;
  return { json, specs, buffer };
}

/**
 * The tensors of a tfjs weight file by name, as float32 whatever they are quantised to.
 *
 * @throws {WeightsError} If the manifest is not valid, or `weights` has another length than it says.
 */
export function decodeManifest(
  file: string,
  manifest: string,
  weights: Uint8Array<ArrayBuffer>,
): tf.NamedTensorMap {
  const { buffer, specs } = readManifest(file, manifest, weights);
  return tf.io.decodeWeights(buffer, specs);
}

function byteLength({ shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  const stored = quantization?.dtype ?? dtype;
  const bytes = stored === "uint8" || stored === "bool" ? 1 : stored.endsWith("16") ? 2 : 4;
  return shape.reduce((product, dim) => product * dim, 1) * bytes;
}

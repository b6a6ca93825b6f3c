import { UMAP } from "umap-js";
import type { Matrix } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { principalComponents } from "./principal_components.ts";

/** Samples in the plane: one point a row of the matrix. */
export interface FeatureMap {
  /** The first two principal components of the standardised features. */
  readonly pca: [x: number, y: number][];
  /** Share of the variance of the standardised features that these two hold, 0 to 1. */
  readonly explained: number;
  /** UMAP of the leading principal components; null of fewer than `MIN_UMAP_SAMPLES` samples. */
  readonly umap: [x: number, y: number][] | null;
}

/** Fewest samples among which neighbours say something. */
export const MIN_UMAP_SAMPLES = 10;

/** UMAP takes neighbours in this many principal components: beyond them there is mostly noise. */
const COMPONENTS = 30;
/** Neighbours that make a neighbourhood: umap-learn's default. */
const NEIGHBOURS = 15;
/** Digits after the point: more than a drawing shows. */
const DIGITS = 4;

/**
 * Draws samples in the plane, so that those of like features lie close together: linearly by principal
 * components, and by UMAP (L. McInnes, J. Healy, J. Melville, arXiv:1802.03426), which keeps neighbours
 * and not distances. Columns are standardised first; a constant one counts nothing. Labels play no part.
 *
 * A thousand samples of a thousand features take a few seconds.
 *
 * @param matrix Features [n, d].
 * @param seed Seed of UMAP's random choices; the same seed gives the same map.
 *
 * @throws {RangeError} If there are fewer than two samples, or a value is not finite.
 *
 * @example
 * ```ts
 * import { Matrix } from "../numeric/matrix.ts";
 * import { featureMap } from "./feature_map.ts";
 * import assert from "node:assert/strict";
 *
 * const line = Matrix.fromRows([[0, 0, 7], [1, 2, 7], [2, 4, 7]]);
 * const { pca, explained, umap } = featureMap(line, 1);
 * assert.deepEqual(pca.map(([x]) => Math.sign(Math.round(x))), [-1, 0, 1]);
 * assert.equal(explained.toFixed(6), "1.000000");
 * assert.equal(umap, null);
 * ```
 */
export function featureMap(matrix: Matrix, seed: number): FeatureMap {
  if (matrix.rows < 2) throw new RangeError(`${matrix.rows} samples make no map`);
  const { scores, explained } = principalComponents(matrix, COMPONENTS, seed);
  const pca = scores.map((row) => point(row[0], row[1] ?? 0));
  return {
    pca,
    explained: explained[0] + (explained[1] ?? 0),
    umap: matrix.rows < MIN_UMAP_SAMPLES ? null : umapOf(scores, seed),
  };
}

function umapOf(scores: number[][], seed: number): [number, number][] {
  const random = new Random(seed).derive("umap");
  const umap = new UMAP({
    random: () => random.next(),
    nNeighbors: Math.min(NEIGHBOURS, scores.length - 1),
  });
  return umap.fit(scores).map(([x, y]) => point(x, y));
}

function point(x: number, y: number): [number, number] {
  return [Number(x.toFixed(DIGITS)), Number(y.toFixed(DIGITS))];
}

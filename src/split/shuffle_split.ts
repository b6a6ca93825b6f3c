import type { Random } from "../numeric/random.ts";
import { ProtocolError } from "./protocol_error.ts";

/** Options of {@linkcode shuffleSplit}. */
export interface ShuffleSplitOptions {
  /**
   * Class index of each sample [n]. Where given, a draw that leaves a class without a training sample is
   * drawn again.
   *
   * @default {undefined}
   */
  labels?: ArrayLike<number>;
}

/** Draws until every class is in the training set; a corpus on which this fails has hardly any samples. */
const DRAWS = 1000;

/**
 * Holds out a random part of `n` samples, with scikit-learn's sizes: the test set has
 * ceil(`testFraction` x n) samples, the training set the others.
 *
 * @param rng Where the randomness comes from; each draw has a generator of its own, derived from it.
 *
 * @throws {RangeError} If the fraction is not between 0 and 1.
 * @throws {ProtocolError} If either side would be empty, or no draw has every class in training.
 *
 * @example
 * ```ts
 * import { shuffleSplit } from "./shuffle_split.ts";
 * import { Random } from "../numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * const { train, test } = shuffleSplit(32, 0.2, new Random(1));
 * assert.equal(test.length, 7);
 * assert.equal(train.length, 25);
 * ```
 */
export function shuffleSplit(
  n: number,
  testFraction: number,
  rng: Random,
  options: ShuffleSplitOptions = {},
): { train: Int32Array; test: Int32Array } {
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new RangeError(`a test set cannot be ${testFraction} of the samples: give 0 to 1`);
  }
  const size = Math.ceil(testFraction * n);
  if (size >= n) {
    throw new ProtocolError(
      `${n} ${n === 1 ? "sample" : "samples"} cannot be divided into a training and a test set`,
    );
  }
  const { labels } = options;
  const nPresent = new Set(labels === undefined ? [] : Array.from(labels)).size;
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = rng.derive(`draw ${draw}`).permutation(n);
    const train = order.slice(size).sort();
    if (labels === undefined || new Set(Array.from(train, (k) => labels[k])).size === nPresent) {
      return { train, test: order.slice(0, size).sort() };
    }
  }
  throw new ProtocolError(
    `no hold-out of ${size} of ${n} samples leaves each of ${nPresent} classes a training sample: ` +
      "use more clips or fewer classes",
  );
}

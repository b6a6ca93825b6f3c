import { AudioInputError } from "./errors.ts";
import type { Mfcc } from "./mfcc_plan.ts";

/**
 * The frames of consecutive parts of a clip as one: [nMfcc, all frames], row by row.
 *
 * @example
 * ```ts
 * import { joinMfccFrames } from "./join_mfcc_frames.ts";
 * import assert from "node:assert/strict";
 *
 * const joined = joinMfccFrames([
 *   { data: new Float32Array([1, 2, 6, 7]), nMfcc: 2, nFrames: 2 },
 *   { data: new Float32Array([3, 8]), nMfcc: 2, nFrames: 1 },
 * ]);
 * assert.deepEqual(joined, { data: new Float32Array([1, 2, 3, 6, 7, 8]), nMfcc: 2, nFrames: 3 });
 * ```
 *
 * @throws {AudioInputError} If there are no parts or they differ in their number of coefficients.
 */
export function joinMfccFrames(parts: readonly Mfcc[]): Mfcc {
  const nMfcc = parts[0]?.nMfcc;
  if (nMfcc === undefined) throw new AudioInputError("there are no frames to join");
  const nFrames = parts.reduce((sum, part) => sum + part.nFrames, 0);
  const data = new Float32Array(nMfcc * nFrames);
  let first = 0;
  for (const part of parts) {
    if (part.nMfcc !== nMfcc) {
      throw new AudioInputError(`frames of ${nMfcc} and of ${part.nMfcc} coefficients do not join`);
    }
    for (let k = 0; k < nMfcc; k++) {
      data.set(part.data.subarray(k * part.nFrames, (k + 1) * part.nFrames), k * nFrames + first);
    }
    first += part.nFrames;
  }
  return { data, nMfcc, nFrames };
}

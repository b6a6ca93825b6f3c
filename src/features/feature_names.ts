import type { FeatureSetOf } from "./feature_set.ts";
import type { Need, Needs } from "./needs.ts";

/**
 * The names of a clip's numbers [size]: the set's name, what the number is, and, of a sequence, its frame.
 *
 * @example
 * ```ts
 * import { featureNames } from "./feature_names.ts";
 * import { MFCC } from "./mfcc.ts";
 * import assert from "node:assert/strict";
 *
 * const names = featureNames(MFCC, { sampleRate: 8000, seconds: 4, mfcc: "librosa" });
 * assert.equal(names.length, 2520);
 * assert.equal(names[3 * 63 + 17], "mfcc_3_17");
 * ```
 */
export function featureNames<N extends Need>(
  set: FeatureSetOf<N>,
  settings: Needs[N]["settings"],
): string[] {
  const length = set.size(settings);
  const given = set.names?.(settings);
  const channels = set.frames?.channels(settings);
  return Array.from({ length }, (_, i) => {
    if (channels === undefined) return `${set.name}_${given?.[i] ?? i}`;
    const channel = i % channels;
    return `${set.name}_${given?.[channel] ?? channel}_${Math.floor(i / channels)}`;
  });
}

/**
 * The names of the numbers of one frame of a sequence [channels]: the set's name, and what the number is.
 *
 * @throws {RangeError} If the set is no sequence.
 */
export function frameNames<N extends Need>(
  set: FeatureSetOf<N>,
  settings: Needs[N]["settings"],
): string[] {
  if (!set.frames) throw new RangeError(`"${set.name}" is no sequence of frames`);
  const given = set.names?.(settings);
  const length = set.frames.channels(settings);
  return Array.from({ length }, (_, channel) => `${set.name}_${given?.[channel] ?? channel}`);
}

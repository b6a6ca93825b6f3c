import type { Dsp } from "./dsp.ts";
import { type MfccOptions, resolveMfccOptions } from "./mfcc_options.ts";
import { computeMfcc, type Mfcc, mfccPlan } from "./mfcc_plan.ts";

/**
 * The MFCCs of many clips, one after the other, without a new array for each: the same numbers as
 * {@linkcode mfcc} gives, bit for bit. Clips are taken as they are asked for and may differ in length.
 *
 * Who owns what: all results share one buffer, which grows to the longest clip and belongs to the
 * generator. `data` is a view of it, valid only until the next result is asked for. Copy what is to
 * stay (`data.slice()`, or `set` into a matrix of your own); do not spread the generator into an array.
 * The clips are only read.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { mfccBatch } from "./mfcc_batch.ts";
 * import assert from "node:assert/strict";
 *
 * const clips = [440, 880].map((hz) =>
 *   Float32Array.from({ length: 8000 }, (_, t) => Math.sin(2 * Math.PI * hz * t / 8000))
 * );
 * const rows = new Float32Array(clips.length * 40 * 16);
 * let at = 0;
 * for (const { data } of mfccBatch(await loadDsp(), clips, { sampleRate: 8000 })) {
 *   rows.set(data, at);
 *   at += data.length;
 * }
 * assert.equal(at, rows.length);
 * ```
 *
 * @throws {AudioInputError} As the clip is reached, if it has no samples, too many, or one is not a
 * usable number.
 * @throws {AudioOptionError} At once, if an option is impossible, alone or beside the others.
 */
export function mfccBatch(
  dsp: Dsp,
  clips: Iterable<Float32Array>,
  options: MfccOptions,
): Generator<Mfcc, void, void> {
  const settings = resolveMfccOptions(options);
  const plan = mfccPlan(settings);
  let buffer = new Float32Array(0);
  const atLeast = (length: number) => {
    if (buffer.length < length) buffer = new Float32Array(length);
    return buffer;
  };
  return (function* () {
    for (const samples of clips) yield computeMfcc(dsp, samples, settings, plan, atLeast);
  })();
}

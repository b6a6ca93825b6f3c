import type { Clip } from "../../corpus/clip.ts";
import type { Sample } from "../../pipeline/samples/samples.ts";

/** Columns of lists that tell how long a clip is, in seconds. */
const LENGTHS = ["duration", "seconds", "length"] as const;

/**
 * How many seconds of media are decoded for a sample, without a look into its files: of each clip no more than
 * `most`, and less where its list says that it is shorter, by `start` and `end` or in a column of its own.
 *
 * @param most The run's seconds of a clip.
 *
 * @example
 * ```ts
 * import { sampleSeconds } from "./sample_seconds.ts";
 * import assert from "node:assert/strict";
 *
 * const clip = { file: "a.wav", tracks: { picture: false, sound: "spoken" }, attributes: {} } as never;
 * const part = { ...(clip as object), span: { start: 2, end: 3.5 } } as never;
 * assert.equal(sampleSeconds({ picture: [], sound: [clip] }, 4), 4);
 * assert.equal(sampleSeconds({ picture: [], sound: [part] }, 4), 1.5);
 * ```
 */
export function sampleSeconds(
  { picture, sound }: Pick<Sample, "picture" | "sound">,
  most: number,
): number {
  // Where one file gives both it is decoded once.
  const files = new Set([picture[0], sound[0]]);
  files.delete(undefined as never);
  return Array.from(files).reduce((sum, clip) => sum + clipSeconds(clip, most), 0);
}

function clipSeconds(
  { span, attributes }: Pick<Clip, "span" | "attributes">,
  most: number,
): number {
  const told = span
    ? (span.end ?? Infinity) - span.start
    : Number(attributes[LENGTHS.find((name) => name in attributes) ?? ""]);
  return told > 0 ? Math.min(told, most) : most;
}

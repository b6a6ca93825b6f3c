import type { Clip, ClipSpan } from "./clip.ts";

/** A span after a path, as a media fragment of the W3C: seconds, the end left out where it is the file's. */
const FRAGMENT = /#t=\d[\d.]*(,\d[\d.]*)?$/;

/**
 * How results name a part of a recording: its path, and its span as a media fragment.
 *
 * @param file Path of the recording.
 * @param span The part; undefined for the whole file.
 *
 * @example
 * ```ts
 * import { withSpan } from "./span.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(withSpan("talk.wav", { start: 1.5, end: 3 }), "talk.wav#t=1.5,3");
 * assert.equal(withSpan("talk.wav", undefined), "talk.wav");
 * ```
 */
export function withSpan(file: string, span: ClipSpan | undefined): string {
  if (!span) return file;
  return `${file}#t=${span.start}${span.end === undefined ? "" : `,${span.end}`}`;
}

/** The path of a clip's file, as results name it, without the span. */
export function fileOf({ file, span }: Pick<Clip, "file" | "span">): string {
  return span ? file.replace(FRAGMENT, "") : file;
}

/** Whether two parts of one recording share some of it. */
export function overlap(a: ClipSpan, b: ClipSpan): boolean {
  return a.start < (b.end ?? Infinity) && b.start < (a.end ?? Infinity);
}

/** Lists are rounded and tracks end where their last block does: a span may end this much later, in seconds. */
export const SPAN_TOLERANCE = 0.05;

/**
 * Why a span is not in something that lasts `lasts` seconds; undefined where it is.
 *
 * @param what What lasts so long, in words, such as `sound`.
 *
 * @example
 * ```ts
 * import { whyBeyond } from "./span.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(whyBeyond({ start: 1, end: 2.01 }, 2, "sound"), undefined);
 * assert.match(whyBeyond({ start: 1, end: 3 }, 2, "sound") ?? "", /beyond the end of the sound at 2 s/);
 * ```
 */
export function whyBeyond(
  { start, end }: ClipSpan,
  lasts: number,
  what: string,
): string | undefined {
  if (start < lasts && (end === undefined || end <= lasts + SPAN_TOLERANCE)) return undefined;
  const where = start < lasts ? `ends at ${end} s` : `begins at ${start} s`;
  return `the segment ${where}, beyond the end of the ${what} at ${Number(lasts.toFixed(3))} s`;
}

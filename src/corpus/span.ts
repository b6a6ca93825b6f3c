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

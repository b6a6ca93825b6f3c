/** The global arguments with which every program is run, so that {@linkcode errorLines} can read its log. */
export const LOG_ARGS: readonly string[] = ["-hide_banner", "-loglevel", "level+warning"];

// "[mov,mp4 @ 0x55] [error] stream 1, offset 0x1a: partial file" or "[fatal] no such option".
const LINE = /^(?:\[([^\]]*) @ [^\]]*\] )?\[(panic|fatal|error|warning)\] (.*)$/;

/** Which errors {@linkcode errorLines} gives. */
export interface ErrorLinesOptions {
  /** At most so many. Default: 5. */
  readonly most?: number;
  /** Parts of ffmpeg whose errors are left out, such as the decoder of a track that nobody wants. Default: none. */
  readonly except?: readonly string[];
}

/**
 * The errors in ffmpeg's log, without warnings, repetitions and the names of ffmpeg's parts, in order.
 *
 * @example
 * ```ts
 * import { errorLines } from "./ffmpeg_log.ts";
 * import assert from "node:assert/strict";
 *
 * const log = [
 *   "[mov @ 0x1] [error] stream 1, offset 0x1a: partial file",
 *   "[swscaler @ 0x2] [warning] deprecated pixel format used",
 * ];
 * assert.deepEqual(errorLines(log), ["stream 1, offset 0x1a: partial file"]);
 * ```
 */
export function errorLines(
  log: readonly string[],
  { most = 5, except = [] }: ErrorLinesOptions = {},
): string[] {
  const errors = new Set<string>();
  for (const line of log) {
    const match = LINE.exec(line.trim());
    if (match && match[2] !== "warning" && !except.includes(match[1])) errors.add(match[3]);
    if (errors.size === most) break;
  }
  return [...errors];
}

/** The global arguments with which every program is run, so that {@linkcode errorLines} can read its log. */
export const LOG_ARGS: readonly string[] = ["-hide_banner", "-loglevel", "level+warning"];

// "[mov,mp4 @ 0x55] [error] stream 1, offset 0x1a: partial file" or "[fatal] no such option".
const LINE = /^(?:\[[^\]]* @ [^\]]*\] )?\[(panic|fatal|error|warning)\] (.*)$/;

/**
 * The errors in ffmpeg's log, without warnings, repetitions and the names of ffmpeg's parts: at most
 * `most` of them, in order.
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
export function errorLines(log: readonly string[], most = 5): string[] {
  const errors = new Set<string>();
  for (const line of log) {
    const match = LINE.exec(line.trim());
    if (match !== null && match[1] !== "warning") errors.add(match[2]);
    if (errors.size === most) break;
  }
  return [...errors];
}

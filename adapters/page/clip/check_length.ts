import { PageError } from "../page_error.ts";

/**
 * Refuses a clip that is too long: its pictures are held in memory.
 *
 * @param seconds Its length.
 * @throws {PageError} If that is more than `maxSeconds`.
 */
export function checkLength(seconds: number, maxSeconds: number): void {
  if (seconds > maxSeconds) {
    throw new PageError(
      `The clip is ${Math.round(seconds)} s long; this page takes up to ${maxSeconds} s.`,
    );
  }
}

/**
 * A clip that cannot be used. The message names the file and says in one line what is wrong with it;
 * `reason` is the same without the file's name, for lists of skipped clips.
 *
 * @example
 * ```ts
 * import { MediaError } from "./media_error.ts";
 * import assert from "node:assert/strict";
 *
 * const error = new MediaError("take.mp4", "file is empty");
 * assert.equal(error.message, "take.mp4: file is empty");
 * ```
 */
export class MediaError extends Error {
  /** The error's class, for logs. */
  override readonly name = "MediaError";
  /** The clip in question, as the caller named it. */
  readonly file: string;
  /** What is wrong with it: one line for people. */
  readonly reason: string;

  /** Builds the message `file: reason`. */
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.file = file;
    this.reason = reason;
  }
}

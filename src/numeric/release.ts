/**
 * Gives the memory of large arrays back at once; they are empty afterwards, and so is all that shares their memory.
 * Garbage is collected late where a fit makes few objects: the places of one would still be there beside those of the
 * next. Where the engine cannot do it (`ArrayBuffer.prototype.transfer`, ES2024), it is left to the collector.
 *
 * @example
 * ```ts
 * import { release } from "./release.ts";
 * import assert from "node:assert/strict";
 *
 * const place = new Float64Array(1000);
 * release(place);
 * assert.equal(place.length, 0);
 * ```
 */
export function release(...arrays: readonly Float64Array[]): void {
  for (const { buffer } of arrays) {
    if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer?.(0);
  }
}

/**
 * The arrays one after the other, as one.
 *
 * @example
 * ```ts
 * import { joinFloats } from "./join_floats.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(joinFloats([Float32Array.of(1, 2), Float32Array.of(3)]), Float32Array.of(1, 2, 3));
 * ```
 */
export function joinFloats(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

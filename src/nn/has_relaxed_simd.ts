/** A function of three constants and one f32x4.relaxed_madd: valid where relaxed SIMD is known. */
const PROBE = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic number and version
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions: one, of type 0
  ...[0x0a, 0x13, 0x01, 0x11, 0x00], // code: one body without locals
  ...[0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f], // 3 x i8x16.splat(0)
  ...[0xfd, 0x85, 0x02, 0x0b], // f32x4.relaxed_madd, end
]);

/**
 * Whether this engine knows relaxed SIMD, and so takes build/dsp.relaxed.wasm. An engine that does not
 * rejects that file as a whole and needs build/dsp.wasm. {@linkcode loadDsp} asks this by itself;
 * a program that brings its own modules may ask it before it chooses one.
 *
 * @example
 * ```ts
 * import { hasRelaxedSimd } from "./has_relaxed_simd.ts";
 * import assert from "node:assert/strict";
 *
 * const build = hasRelaxedSimd() ? "dsp.relaxed.wasm" : "dsp.wasm";
 * const bytes = await Deno.readFile(new URL(`../../build/${build}`, import.meta.url));
 * assert.ok(WebAssembly.validate(bytes));
 * ```
 */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(PROBE);
}

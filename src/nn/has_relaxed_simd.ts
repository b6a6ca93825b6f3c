/** A function of three constants and one f32x4.relaxed_madd: valid where relaxed SIMD is known. */
const PROBE = fromHex(
  "0061736d 01000000" + // magic number and version
    "01 05 01 60 00 01 7b" + // types: () -> v128
    "03 02 01 00" + // functions: one, of type 0
    "0a 13 01 11 00" + // code: one body without locals
    "41 00 fd 0f  41 00 fd 0f  41 00 fd 0f" + // 3 x i8x16.splat(0)
    "fd 85 02 0b", // f32x4.relaxed_madd, end
);

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

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/g)!, (byte) => parseInt(byte, 16));
}

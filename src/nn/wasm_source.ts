import { fetchBytes } from "../runtime/fetch_bytes.ts";

/**
 * A WebAssembly module: compiled beforehand, its bytes, or the URL of its file. Runtimes that forbid
 * compilation, as edge workers do, need the first.
 */
export type WasmSource = WebAssembly.Module | BufferSource | URL | string;

/**
 * The compiled module of a source.
 *
 * @example
 * ```ts
 * import { compileWasm } from "./wasm_source.ts";
 * import assert from "node:assert/strict";
 *
 * const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
 * const module = await compileWasm(empty);
 * assert.equal(await compileWasm(module), module);
 * ```
 *
 * @throws {Error} If the file cannot be fetched, or what it holds is no WebAssembly.
 */
export async function compileWasm(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  return await WebAssembly.compile(await wasmBytes(source));
}

/**
 * Whether two sources are known to be the same: the same module, the same address or equal bytes. Compiled
 * modules cannot be looked into, so one is the same as itself only.
 *
 * @example
 * ```ts
 * import { isSameSource } from "./wasm_source.ts";
 * import assert from "node:assert/strict";
 *
 * assert(isSameSource(Uint8Array.of(0, 0x61), Uint8Array.of(0, 0x61)));
 * assert(!isSameSource(new URL("file:///a.wasm"), "file:///b.wasm"));
 * ```
 */
export function isSameSource(a: WasmSource, b: WasmSource): boolean {
  if (a === b) return true;
  if (isAddress(a) && isAddress(b)) return String(a) === String(b);
  if (!isBytes(a) || !isBytes(b)) return false;
  const [one, other] = [bytesOf(a), bytesOf(b)];
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function isAddress(source: WasmSource): source is URL | string {
  return source instanceof URL || typeof source === "string";
}

function isBytes(source: WasmSource): source is BufferSource {
  return source instanceof ArrayBuffer || ArrayBuffer.isView(source);
}

function bytesOf(source: BufferSource): Uint8Array {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

async function wasmBytes(source: BufferSource | URL | string): Promise<BufferSource> {
  return isAddress(source) ? await fetchBytes(source) : source;
}

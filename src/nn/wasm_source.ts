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
 * The bytes of a source that is not compiled yet.
 *
 * @throws {Error} If the file cannot be fetched; the message names it.
 */
export async function wasmBytes(source: BufferSource | URL | string): Promise<BufferSource> {
  if (!(source instanceof URL) && typeof source !== "string") return source;
  let response: Response;
  try {
    response = await fetch(source);
  } catch (cause) {
    throw new Error(`cannot read ${source}`, { cause });
  }
  if (!response.ok) throw new Error(`cannot read ${source}: it answers ${response.status}`);
  return await response.arrayBuffer();
}

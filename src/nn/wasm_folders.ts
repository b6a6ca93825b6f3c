import { locateWasm } from "./locate_wasm.ts";

/** The folders of all WebAssembly, which a worker that computes with tensors has to read. */
export function wasmFolders(): URL[] {
  return (["tfjs", "kernels"] as const).map((module) => new URL("./", locateWasm(module)));
}

// Node 20 has relaxed SIMD only where V8 is told so. With it the command computes what it does in newer engines.
import { setFlagsFromString } from "node:v8";

if (/^20\./.test(globalThis.process?.versions.node)) {
  setFlagsFromString("--experimental-wasm-relaxed-simd");
}

/**
 * The worker for Cloudflare Workers. Its WebAssembly is imported, because a worker may not compile any.
 *
 * @module
 */

// @ts-expect-error: deno task bundle puts the four files beside the worker.
import dsp from "./dsp.relaxed.wasm";
// @ts-expect-error: see above
import kernels from "./kernels.relaxed.wasm";
// @ts-expect-error: see above
import tfjs from "./tfjs-backend-wasm-simd.wasm";
// @ts-expect-error: see above
import model from "./model.emofuse";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";

const worker: Endpoint = endpoint(() =>
  loadRecognizer(new Uint8Array(model), { dsp, kernels, tfjs })
);
export default worker;

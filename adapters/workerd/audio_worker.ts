/**
 * The worker for Cloudflare Workers with a model that only listens and has no network: without tfjs.
 *
 * @module
 */

// @ts-expect-error: deno task bundle puts both files beside the worker.
import dsp from "./dsp.relaxed.wasm";
// @ts-expect-error: see above
import model from "./model.emofuse";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";

const worker: Endpoint = endpoint(() => loadClassicalRecognizer(new Uint8Array(model), { dsp }));
export default worker;

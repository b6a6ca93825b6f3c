/**
 * The worker for Cloudflare Workers with a model that only listens: without tfjs.
 *
 * @module
 */

// @ts-expect-error: deno task bundle puts both files beside the worker.
import dsp from "./dsp.relaxed.wasm";
// @ts-expect-error: see above
import model from "./model.emofuse";
import { type Endpoint, endpoint } from "./endpoint.ts";

const worker: Endpoint = endpoint(model, { dsp });
export default worker;

/**
 * What stands for `@tensorflow/tfjs` in the npm package: of its six packages the two that Emofuse uses, with the
 * gradients of all operations. The whole would be 300 MB of the user's disk.
 *
 * @module
 */

import "@tensorflow/tfjs-core/dist/register_all_gradients.js";

export * from "@tensorflow/tfjs-core";
export { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";

/**
 * What stands for `@tensorflow/tfjs` in bundled code: of its six packages the two that a recogniser
 * needs. Without the layers, the data pipelines and the two other backends the code is a third as long.
 *
 * @module
 */

export * from "@tensorflow/tfjs-core";
export { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";

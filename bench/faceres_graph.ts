/**
 * The published graph of faceres on tfjs as it comes, for `deno task bench faceres`: a worker, so that
 * none of Emofuse's kernels are registered beside it.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { readPackageFile } from "../src/weights/package_file.ts";
import type { FrameShape } from "../models/backbone.ts";

/** Frames [n, height, width, 3] to embed in one pass. */
export interface GraphRequest extends FrameShape {
  /** RGB values, 0 to 255. */
  readonly frames: Uint8Array;
}

/** What became of them. */
export interface GraphAnswer {
  /** Their features, 1024 a frame. */
  readonly features: Float32Array;
  /** Milliseconds from frames to features. */
  readonly ms: number;
}

/** The part of a worker's global scope that is used here. */
const scope = self as unknown as {
  onmessage: (event: MessageEvent<GraphRequest>) => void;
  postMessage: (message: GraphAnswer) => void;
};

const ready = load();
scope.onmessage = async ({ data: { frames, n, height, width } }) => {
  const graph = await ready;
  const start = performance.now();
  const features = tf.tidy(() => {
    const rgb = tf.tensor4d(frames, [n, height, width, 3], "int32").toFloat<tf.Tensor4D>();
    const input = tf.image.resizeBilinear(rgb, [224, 224], false, true).reverse(3)
      .sub([103.939, 116.779, 123.68]);
    return (graph.execute(input, "global_pooling/Mean") as tf.Tensor).dataSync<"float32">();
  });
  scope.postMessage({ features, ms: performance.now() - start });
};

async function load(): Promise<tf.GraphModel> {
  setWasmPaths(import.meta.resolve("@tensorflow/tfjs-backend-wasm").replace(/[^/]*$/, ""));
  if (!await tf.setBackend("wasm")) throw new Error("tfjs's WASM backend does not start");
  const file = (path: string) => readPackageFile({ packageName: "@vladmandic/human", path });
  const manifest = new TextDecoder().decode(await file("../models/faceres.json"));
  const { modelTopology, weightsManifest } = JSON.parse(manifest);
  const { buffer } = await file("../models/faceres.bin");
  return await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: buffer,
        format: "graph-model",
      }),
  });
}

/**
 * An ONNX model in onnxruntime with one thread, for `deno task bench vgg`. The argument says which
 * onnxruntime: `onnxruntime-node` (native) or `onnxruntime-web` (WASM). This folder has a configuration of
 * its own, so that only those who run that bench install its 330 MB.
 *
 * @module
 */

import process from "node:process";
import { serveVgg } from "../vgg_peer.ts";

/** What is used of onnxruntime's API, the same in both packages. */
interface OnnxRuntime {
  env: { wasm: { numThreads?: number }; logLevel?: string };
  InferenceSession: {
    create(model: Uint8Array, options: Record<string, unknown>): Promise<{
      run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array }>>;
    }>;
  };
  Tensor: new (type: "float32", data: Float32Array, dims: number[]) => unknown;
}

// Not a literal: the type checker of the project, which has not installed them, must not look for it.
const name: string = process.argv[2];
const ort: OnnxRuntime = await import(name);
ort.env.wasm.numThreads = 1;

await serveVgg(async (model, frames, [n, height, width]) => {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [name === "onnxruntime-node" ? "cpu" : "wasm"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
  });
  const size = height * width;
  const planes = new Float32Array(frames.length);
  for (let picture = 0; picture < n; picture++) {
    for (let pixel = 0; pixel < size; pixel++) {
      for (let c = 0; c < 3; c++) {
        planes[(picture * 3 + c) * size + pixel] = frames[(picture * size + pixel) * 3 + c];
      }
    }
  }
  return async (batch) => {
    const input = planes.subarray(0, batch * 3 * size);
    const { y } = await session.run({
      x: new ort.Tensor("float32", input, [batch, 3, height, width]),
    });
    return y.data;
  };
});

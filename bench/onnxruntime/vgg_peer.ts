/**
 * VGG16's convolutions in onnxruntime with one thread, for `deno task bench vgg`. The argument says which onnxruntime:
 * `onnxruntime-node` (native) or `onnxruntime-web` (WASM). This folder has a configuration of its own, so that only
 * those who run that bench or `bench whisper` install its 330 MB.
 *
 * @module
 */

import process from "node:process";
import { serveVgg } from "../vgg_peer.ts";
import { oneThread } from "./one_thread.ts";

await serveVgg(async (model, frames, [n, height, width]) => {
  const run = await oneThread(process.argv[2], model);
  const size = height * width;
  const planes = new Float32Array(frames.length);
  for (let picture = 0; picture < n; picture++) {
    for (let pixel = 0; pixel < size; pixel++) {
      for (let c = 0; c < 3; c++) {
        planes[(picture * 3 + c) * size + pixel] = frames[(picture * size + pixel) * 3 + c];
      }
    }
  }
  return (batch) => run(planes.subarray(0, batch * 3 * size), [batch, 3, height, width]);
});

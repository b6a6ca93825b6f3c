/**
 * VGG16's convolutions on tfjs's WASM backend, for `deno task bench vgg`. The argument says whose kernels
 * compute them: `winograd` or `stock`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import process from "node:process";
import { VGG16_LAYERS } from "../models/vgg16_face.ts";
import { type Convolutions, initBackend } from "../src/nn/backend.ts";
import { serveVgg } from "./vgg_peer.ts";

await initBackend({ convolutions: process.argv[2] as Convolutions });

await serveVgg((bytes, frames, [, height, width]) => {
  const numbers = new Float32Array(bytes.buffer);
  let at = 0;
  const take = (size: number) => numbers.subarray(at, at += size);
  const layers = VGG16_LAYERS.map(({ inputs, outputs, pooled }) => ({
    filter: tf.tensor4d(take(9 * inputs * outputs), [3, 3, inputs, outputs]),
    bias: tf.tensor1d(take(outputs)),
    pooled,
  }));
  return Promise.resolve((batch: number) =>
    tf.tidy(() => {
      const pictures = frames.subarray(0, batch * height * width * 3);
      let x = tf.tensor4d(pictures, [batch, height, width, 3]);
      for (const { filter, bias, pooled } of layers) {
        const input = x;
        x = tf.fused.conv2d({
          x: input,
          filter,
          bias,
          strides: 1,
          pad: "same",
          activation: "relu",
        });
        input.dispose();
        if (!pooled) continue;
        const wide = x;
        x = tf.maxPool(wide, 2, 2, "valid");
        wide.dispose();
      }
      return x.dataSync<"float32">();
    })
  );
});

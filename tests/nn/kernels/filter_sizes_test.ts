import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";
import { conv1dLayer } from "../../../src/nn/layers/conv1d.ts";
import { Random } from "../../../src/numeric/random.ts";
import { VariableSet } from "../../../src/nn/variable_set.ts";

Deno.test("a convolution whose filter does not fit is refused before it writes anything", async () => {
  await initBackend();
  const variables = new VariableSet();
  const sizes = { width: 5, inputs: 2, outputs: 3 };
  const convolve = conv1dLayer(variables, "conv1d", sizes, new Random(1));
  for (const steps of [4, 3, 1]) {
    const x = tf.ones([2, 1, steps, 2]) as tf.Tensor4D;
    assert.throws(() => convolve(x), /a filter of 1 x 5 does not fit into 1 x/);
    const filter = tf.ones([1, 5, 2, 3]) as tf.Tensor4D;
    assert.throws(() => tf.conv2d(x, filter, 1, "valid"), /a filter of 1 x 5 does not fit/);
  }
  assert.deepEqual(convolve(tf.ones([2, 1, 5, 2])).shape, [2, 1, 1, 3]);
  variables.dispose();
});

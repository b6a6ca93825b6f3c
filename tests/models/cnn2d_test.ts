import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createCnn2d } from "../../models/cnn2d.ts";
import { Adam } from "../../src/nn/adam.ts";
import { initBackend } from "../../src/nn/backend.ts";
import type { Network } from "../../src/nn/network.ts";
import { Random } from "../../src/numeric/random.ts";
import { trainStep } from "../../src/nn/train.ts";

const FRAMES = 16, BANDS = 8, ROWS = 6, CLASSES = 3;

/** A network without chance: nothing is dropped, nothing hidden. */
function plain(): Network {
  return createCnn2d({
    ...{ inputSize: FRAMES * BANDS, nBands: BANDS, nClasses: CLASSES },
    ...{ random: new Random(4), dropoutRate: 0, augment: { bandMasks: 0, timeMasks: 0 } },
  });
}

function noise(seed: number, rows = ROWS): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: rows * FRAMES * BANDS }, () => random.normal());
}

Deno.test("createCnn2d() has the layers of its table for 128 frames of 64 bands", async () => {
  await initBackend();
  const network = createCnn2d({ inputSize: 128 * 64, nClasses: 8, random: new Random(1) });
  const shapes = Object.entries(network.variables.tensors())
    .filter(([name]) => /kernel|bias|^batch_normalization\/gamma/.test(name))
    .map(([name, { shape }]) => `${name} ${shape.join("x")}`);
  network.dispose();
  assert.deepEqual(shapes, [
    "batch_normalization/gamma 64",
    "conv2d_1/kernel 3x3x1x16",
    "conv2d_2/kernel 3x3x16x32",
    "conv2d_3/kernel 3x3x32x48",
    "conv2d_4/kernel 3x3x48x64",
    "dense/kernel 512x128",
    "dense/bias 128",
    "dense_1/kernel 128x8",
    "dense_1/bias 8",
  ]);
});

Deno.test("createCnn2d() wants frames and bands in multiples of 8 and says so", async () => {
  await initBackend();
  const make = (inputSize: number, nBands: number) => () =>
    createCnn2d({ inputSize, nBands, nClasses: 2, random: new Random(1) });
  for (const [inputSize, nBands] of [[20 * 64, 64], [16 * 12, 12], [0, 8], [100, 8]]) {
    assert.throws(make(inputSize, nBands), /multiples of 8/, `${inputSize} numbers, ${nBands}`);
  }
});

Deno.test("the gradient of every variable of createCnn2d() is the slope of the loss", async () => {
  await initBackend();
  const network = plain();
  const x = tf.tensor2d(noise(1), [ROWS, FRAMES * BANDS]);
  const target = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), CLASSES);
  const loss = () => {
    const { logits } = network.forward(x, new Random(1));
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1))) as tf.Scalar;
  };
  const { grads } = tf.variableGrads(loss, network.variables.trainable);
  for (const [name, { shape, data }] of Object.entries(network.variables.tensors())) {
    if (name.includes("moving")) continue;
    const variable = network.variables.trainable.find((v) =>
      v.shape.join() === shape.join() && v.dataSync().every((value, i) => value === data[i])
    )!;
    const gradient = grads[variable.name];
    const length = tf.norm(gradient).dataSync()[0];
    assert(length > 1e-6, `${name} has no gradient`);
    // Along the gradient itself the loss rises by its length.
    const step = 5e-3;
    const at = (sign: number) => {
      const moved = tf.add(
        tf.tensor(data as Float32Array, shape as number[]),
        tf.mul(gradient, sign * step / length),
      );
      variable.assign(moved as tf.Variable);
      return tf.tidy(loss).dataSync()[0];
    };
    const slope = (at(1) - at(-1)) / (2 * step);
    assert(Math.abs(slope - length) < 0.05 * length + 1e-4, `${name}: ${slope}, not ${length}`);
    variable.assign(tf.tensor(data as Float32Array, shape as number[]));
  }
  network.dispose();
});

Deno.test("a training step of createCnn2d() changes all its variables", async () => {
  await initBackend();
  const network = plain();
  const before = network.variables.tensors();
  const adam = new Adam(network.variables.trainable, { learningRate: 1e-2 });
  trainStep(network, adam, noise(2), Int32Array.of(0, 1, 2, 0, 1, 2), new Random(3));
  for (const [name, { data }] of Object.entries(network.variables.tensors())) {
    assert(data.some((value, i) => value !== before[name].data[i]), `${name} is as it was`);
  }
  adam.dispose();
  network.dispose();
});

Deno.test("createCnn2d() hides parts of a spectrogram in training only", async () => {
  await initBackend();
  const augment = { bandMasks: 1, bandWidth: 8, timeMasks: 1, timeWidth: 16 };
  const network = createCnn2d({
    ...{ inputSize: FRAMES * BANDS, nBands: BANDS, nClasses: CLASSES },
    ...{ random: new Random(4), dropoutRate: 0, augment },
  });
  const x = tf.tensor2d(noise(5), [ROWS, FRAMES * BANDS]);
  const logits = (random?: Random) =>
    tf.tidy(() => network.forward(x, random).logits.dataSync<"float32">());
  const predicted = logits();
  assert.deepEqual(logits(), predicted);
  assert.notDeepEqual(logits(new Random(1)), logits(new Random(2)));
  network.dispose();
});

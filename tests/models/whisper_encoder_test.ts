import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createWhisperEncoder } from "../../models/whisper/whisper_encoder.ts";
import { recogniseWhisper, whisperTensors } from "../../models/whisper/whisper_weights.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { toFloat16 } from "../../src/numeric/float16.ts";
import type { TensorMap } from "../../src/numeric/safetensors.ts";
import expected from "../fixtures/whisper/encoder.json" with { type: "json" };
import { storeTensor } from "../../src/weights/store_tensor.ts";
import { relativeError } from "../nn/on_cpu.ts";
import { FIXTURE_SIZES, fixtureWeights, TINY, uniform } from "./whisper_fixture.ts";

const FRAMES = 37;
const MEL = uniform(3, FRAMES * 80, 1);
const { heads, width } = FIXTURE_SIZES;

Deno.test("createWhisperEncoder() gives every hidden state of the reference within 1e-5", async () => {
  await initBackend();
  const encoder = createWhisperEncoder(fixtureWeights(), { heads });
  const states = encoder.encode(MEL, FRAMES);
  assert.equal(states.length, encoder.layers + 1);
  states.forEach((state, i) => {
    const error = relativeError(expected[i], state);
    assert(error < 1e-5, `layer ${i}: ${error}`);
  });
  for (let through = 0; through <= encoder.layers; through++) {
    assert.deepEqual(encoder.encode(MEL, FRAMES, through), states.slice(0, through + 1));
  }
  encoder.dispose();
});

Deno.test("createWhisperEncoder() leaves nothing behind but its weights, and nothing after dispose()", async () => {
  await initBackend();
  const before = tf.memory().numTensors;
  const encoder = createWhisperEncoder(fixtureWeights(), { heads });
  const withWeights = tf.memory().numTensors;
  for (const nFrames of [1, 2, 3]) {
    const [first] = encoder.encode(MEL.subarray(0, 80 * nFrames), nFrames);
    assert.equal(first.length, Math.ceil(nFrames / 2) * width);
  }
  assert.equal(tf.memory().numTensors, withWeights);
  encoder.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("createWhisperEncoder() takes the positions of the weights where they are there", async () => {
  await initBackend();
  const positions = { shape: [1500, width], data: new Float32Array(1500 * width) };
  const weights = { ...fixtureWeights(), "embed_positions.weight": positions };
  const encoder = createWhisperEncoder(weights, { heads });
  const [first] = encoder.encode(MEL, FRAMES);
  // Row 0 of the usual positions: sines of 0, cosines of 0.
  const usual = expected[0].slice(0, width).map((value, i) => value - (i < width / 2 ? 0 : 1));
  assert(relativeError(usual, first.subarray(0, width)) < 1e-5);
  encoder.dispose();
});

Deno.test("createWhisperEncoder() takes weights in float16", async () => {
  await initBackend();
  const halves: TensorMap = {};
  for (const [name, { shape, data }] of Object.entries(fixtureWeights())) {
    halves[name] = { shape, data: toFloat16(data as Float32Array) };
  }
  const encoder = createWhisperEncoder(halves, { heads });
  assert(relativeError(expected[2], encoder.encode(MEL, FRAMES)[2]) < 1e-2);
  encoder.dispose();
});

/** The encoder's matrices and filters in whole numbers. */
function int8(weights: TensorMap): TensorMap {
  const stored: TensorMap = {};
  for (const [name, { shape, data }] of Object.entries(weights)) {
    Object.assign(stored, storeTensor(name, shape, data as Float32Array, "int8"));
  }
  return stored;
}

Deno.test("createWhisperEncoder() takes weights in int8: every layer of tiny within 2e-2 of its largest number", async () => {
  await initBackend();
  const weights = fixtureWeights(TINY);
  const [expected, states] = [weights, int8(weights)].map((tensors) => {
    const encoder = createWhisperEncoder(tensors);
    const states = encoder.encode(MEL, FRAMES);
    encoder.dispose();
    return states;
  });
  states.forEach((state, i) => {
    const error = relativeError(expected[i], state);
    assert(error > 1e-4 && error < 2e-2, `layer ${i}: ${error}`);
  });
});

Deno.test("encode() refuses too many frames and numbers that are no frames", async () => {
  await initBackend();
  const encoder = createWhisperEncoder(fixtureWeights(), { heads });
  assert.throws(() => encoder.encode(new Float32Array(80 * 3001), 3001), /1 to 3000 frames/);
  assert.throws(() => encoder.encode(MEL, 0), /1 to 3000 frames/);
  assert.throws(() => encoder.encode(MEL, FRAMES - 1), /2880 numbers, got 2960/);
  encoder.dispose();
});

/** Weights of these sizes, all zero. */
function zeros(name: string, width: number, layers: number): TensorMap {
  const shapes = whisperTensors({ name, width, layers, heads: width / 64 });
  return Object.fromEntries(
    Array.from(shapes, ([tensor, shape]) => {
      const size = shape.reduce((product, each) => product * each, 1);
      return [tensor, { shape: [...shape], data: new Uint16Array(size) }];
    }),
  );
}

Deno.test("recogniseWhisper() knows the published encoders by their shapes", () => {
  for (const [name, width, layers] of [["tiny", 384, 4], ["base", 512, 6]] as const) {
    const sizes = recogniseWhisper(zeros(name, width, layers));
    assert.deepEqual(sizes, { name, width, layers, heads: width / 64 });
  }
});

Deno.test("recogniseWhisper() says which tensor is wrong", () => {
  const weights = zeros("tiny", 384, 4);
  const refused = (change: (weights: TensorMap) => void, message: RegExp) => {
    const changed = { ...weights };
    change(changed);
    assert.throws(() => recogniseWhisper(changed), { name: WeightsError.name, message });
  };
  refused((w) => delete w["conv1.weight"], /no conv1\.weight/);
  refused((w) => delete w["layers.3.fc1.weight"], /width 384 with 3 layers is none of Whisper's/);
  refused(
    (w) => delete w["layers.1.self_attn.q_proj.bias"],
    /no layers\.1\.self_attn\.q_proj\.bias/,
  );
  refused(
    (w) => w["layer_norm.bias"] = { shape: [385], data: new Float32Array(385) },
    /layer_norm\.bias has the shape \[385\]: expected \[384\]/,
  );
  refused(
    (w) => w["layer_norm.bias"] = { shape: [384], data: new Int32Array(384) },
    /layer_norm\.bias is none of float32, float16 and int8/,
  );
  const whole = { shape: [384, 384, 3], data: new Uint8Array(384 * 384 * 3) };
  const lacks =
    /conv2\.weight is stored in int8 and lacks conv2\.weight#steps: expected 384 numbers/;
  refused((w) => w["conv2.weight"] = whole, lacks);
  refused(
    (w) => {
      w["conv2.weight"] = whole;
      w["conv2.weight#steps"] = { shape: [383], data: new Float32Array(383) };
    },
    lacks,
  );
  refused(
    (w) => w["embed_positions.weight"] = { shape: [150, 384], data: new Float32Array(57600) },
    /embed_positions\.weight has the shape \[150, 384\]/,
  );
});

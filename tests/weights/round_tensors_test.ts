import assert from "node:assert/strict";
import { whisperNumbers, whisperTensors } from "../../models/whisper/whisper_weights.ts";
import { roundTensors } from "../../src/weights/round_tensors.ts";
import { FIXTURE_SIZES, fixtureWeights } from "../models/whisper_fixture.ts";

const exact = fixtureWeights();

Deno.test("roundTensors() moves no number of an output by more than 1/254 of its largest, and no vector", () => {
  const rounded = roundTensors(exact, "int8");
  for (const [name, shape] of whisperTensors(FIXTURE_SIZES)) {
    const [before, after] = [exact, rounded].map((tensors) => whisperNumbers(tensors, name));
    if (shape.length === 1) {
      assert.deepEqual(after, before, name);
      continue;
    }
    const length = before.length / shape[0];
    let moved = 0;
    for (let output = 0; output < shape[0]; output++) {
      const [own, now] = [before, after].map((data) =>
        data.subarray(output * length, (output + 1) * length)
      );
      const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      own.forEach((value, i) => moved = Math.max(moved, Math.abs(now[i] - value) / largest));
    }
    assert(moved > 1e-4 && moved < 1 / 254 + 1e-6, `${name}: ${moved}`);
  }
});

Deno.test("roundTensors() gives what is stored in little room no more of it", () => {
  const half = roundTensors(exact, "float16");
  assert(half["conv1.weight"].data instanceof Uint16Array);
  assert(half["conv1.bias"].data instanceof Float32Array);
  assert.deepEqual(roundTensors(half, "float32"), half);
  const whole = roundTensors(half, "int8");
  assert(whole["conv1.weight"].data instanceof Uint8Array);
  for (const dtype of ["float32", "float16", "int8"] as const) {
    assert.deepEqual(roundTensors(whole, dtype), whole);
  }
});

import assert from "node:assert/strict";
import { dct } from "../../src/audio/dct.ts";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { Random } from "../../src/numeric/random.ts";
import { maxDifference } from "./fixtures.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();

Deno.test("dct() is orthonormal", () => {
  for (const n of [1, 2, 3, 5, 13, 26, 40, 128]) {
    const columns = Array.from({ length: n }, (_, m) => {
      const unit = new Float32Array(n);
      unit[m] = 1;
      return dct(dsp, unit);
    });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const product = columns[i].reduce((sum, value, k) => sum + value * columns[j][k], 0);
        assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-6, `${n}: columns ${i} and ${j}`);
      }
    }
  }
});

Deno.test("dct() equals its definition", () => {
  const random = new Random(3);
  for (const n of [4, 7, 128, 1024]) {
    const values = Float32Array.from({ length: n }, () => random.normal());
    const expected = Array.from({ length: n }, (_, k) => {
      const sum = values.reduce(
        (sum, value, m) => sum + value * Math.cos(Math.PI * k * (2 * m + 1) / (2 * n)),
        0,
      );
      return sum * Math.sqrt((k === 0 ? 1 : 2) / n);
    });
    assert.ok(maxDifference(dct(dsp, values), expected) < 1e-5);
  }
});

Deno.test("dct() equals SciPy on columns, with either scale", () => {
  assertLikeLibrosa("dct", 8, { absolute: 5e-5 }, (samples, { options }) => {
    const { rows, ...rest } = options as { rows: number; nFrames: number };
    const data = dct(dsp, samples.subarray(0, rows * rest.nFrames), rest);
    return { data, shape: [data.length / rest.nFrames, rest.nFrames] };
  });
});

Deno.test("dct() cuts to the outputs asked for", () => {
  const values = new Float32Array([3, 1, 4, 1, 5, 9, 2, 6]);
  assert.deepEqual(dct(dsp, values, { outputs: 3 }), dct(dsp, values).slice(0, 3));
});

Deno.test("dct() throws for values and numbers of outputs it cannot use", () => {
  assert.throws(() => dct(dsp, new Float32Array(0)), AudioInputError);
  assert.throws(() => dct(dsp, new Float32Array(1025)), AudioInputError);
  assert.throws(() => dct(dsp, new Float32Array([NaN])), AudioInputError);
  assert.throws(() => dct(dsp, new Float32Array(10), { nFrames: 3 }), AudioInputError);
  const wrong = [
    ...[0, 5, 1.5].map((outputs) => ({ outputs })),
    ...[0, 1.5, NaN].map((nFrames) => ({ nFrames })),
    { norm: "backward" as "none" },
  ];
  for (const options of wrong) {
    assert.throws(() => dct(dsp, new Float32Array(4), options), AudioOptionError);
  }
});

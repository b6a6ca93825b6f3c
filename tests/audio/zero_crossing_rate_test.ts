import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import {
  zeroCrossingRate,
  type ZeroCrossingRateOptions,
} from "../../src/audio/zero_crossing_rate.ts";
import { assertLikeLibrosa } from "./librosa_time.ts";

const dsp = await loadDsp();

Deno.test("zeroCrossingRate() equals librosa on every signal", () => {
  assertLikeLibrosa("zeroCrossingRate", 48, { relative: 1e-6 }, (samples, options) => {
    const { data, nFrames } = zeroCrossingRate(dsp, samples, options);
    return { data, shape: [nFrames] };
  });
});

Deno.test("zeroCrossingRate() counts zero as positive, or as a sign of its own", () => {
  const samples = new Float32Array([1, 0, -0, -1, 0, 1, -1, -1]);
  const whole = { frameLength: 8, center: false };
  assert.equal(zeroCrossingRate(dsp, samples, whole).data[0], 3 / 8);
  assert.equal(zeroCrossingRate(dsp, samples, { ...whole, zeroPos: false }).data[0], 5 / 8);
  assert.equal(zeroCrossingRate(dsp, samples, { ...whole, pad: true }).data[0], 4 / 8);
  assert.equal(zeroCrossingRate(dsp, samples, { ...whole, threshold: 1 }).data[0], 0);
});

Deno.test("zeroCrossingRate() counts no crossing into a frame's first sample", () => {
  const samples = new Float32Array([1, 1, -1, -1]);
  const { data } = zeroCrossingRate(dsp, samples, { frameLength: 2, hopLength: 1, center: false });
  assert.deepEqual([...data], [0, 0.5, 0]);
});

Deno.test("zeroCrossingRate() throws for samples it cannot use", () => {
  assert.throws(() => zeroCrossingRate(dsp, new Float32Array(0)), AudioInputError);
  assert.throws(() => zeroCrossingRate(dsp, new Float32Array([NaN])), AudioInputError);
  assert.throws(
    () => zeroCrossingRate(dsp, new Float32Array(9), { frameLength: 10, center: false }),
    AudioInputError,
  );
});

Deno.test("zeroCrossingRate() throws for impossible options and names them", () => {
  const wrong: [string, unknown][] = [
    ["threshold", -1],
    ["threshold", NaN],
    ["threshold", Infinity],
    ["zeroPos", 0],
    ["pad", "yes"],
    ["hopLength", 0],
    ["frameLength", 0],
  ];
  for (const [option, value] of wrong) {
    const options = { [option]: value } as ZeroCrossingRateOptions;
    assert.throws(
      () => zeroCrossingRate(dsp, new Float32Array(5000), options),
      (error) => error instanceof AudioOptionError && error.option === option,
      `${option} ${value}`,
    );
  }
});

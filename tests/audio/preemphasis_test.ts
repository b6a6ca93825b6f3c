import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { preemphasis } from "../../src/audio/preemphasis.ts";
import { assertLikeLibrosa } from "./librosa_time.ts";
import { timeSignal } from "./time_signals.ts";

const dsp = await loadDsp();

Deno.test("preemphasis() equals librosa on every signal", () => {
  // A difference of neighbours: rounding is that of the neighbours, not of the difference.
  assertLikeLibrosa("preemphasis", 16, { relative: 1e-6, absolute: 1e-7 }, (samples, options) => {
    const { data } = preemphasis(dsp, samples, options);
    return { data, shape: [data.length] };
  });
});

Deno.test("preemphasis() gives the same bits in parts, joined by zf and zi", () => {
  const samples = timeSignal("voice");
  const whole = preemphasis(dsp, samples, { zi: 0 });
  const joined = new Float32Array(samples.length);
  let zi = 0;
  for (let from = 0, size = 1; from < samples.length; from += size, size = 1 + (7 * size) % 5003) {
    const part = preemphasis(dsp, samples.subarray(from, from + size), { zi });
    joined.set(part.data, from);
    zi = part.zf;
  }
  assert.deepEqual(joined, whole.data);
  assert.equal(zi, whole.zf);
});

Deno.test("preemphasis() leaves a signal as it is with coef 0 and zi 0", () => {
  const samples = timeSignal("noise");
  assert.deepEqual(preemphasis(dsp, samples, { coef: 0, zi: 0 }).data, samples);
});

Deno.test("preemphasis() throws for samples it cannot use", () => {
  assert.throws(() => preemphasis(dsp, new Float32Array(0)), AudioInputError);
  assert.throws(() => preemphasis(dsp, new Float32Array([1, NaN])), AudioInputError);
  assert.throws(
    () => preemphasis(dsp, new Float32Array([1])),
    (error) => error instanceof AudioInputError && /give zi/.test(error.message),
  );
  assert.deepEqual([...preemphasis(dsp, new Float32Array([1]), { zi: 0.5 }).data], [1.5]);
});

Deno.test("preemphasis() throws for impossible options and names them", () => {
  for (const option of ["coef", "zi"]) {
    for (const value of [NaN, Infinity, "0.97"]) {
      assert.throws(
        () => preemphasis(dsp, new Float32Array(9), { [option]: value }),
        (error) => error instanceof AudioOptionError && error.option === option,
      );
    }
  }
});

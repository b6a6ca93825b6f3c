import assert from "node:assert/strict";
import { delta, type DeltaOptions } from "../../src/audio/delta.ts";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { assertLikeLibrosa } from "./librosa_time.ts";
import { timeSignal } from "./time_signals.ts";

const dsp = await loadDsp();

Deno.test("delta() equals librosa in every mode, width and order", () => {
  // Values that cancel leave 1e-12 or so of what they were, here and there.
  assertLikeLibrosa("delta", 40, { relative: 1e-6, absolute: 1e-9 }, (samples, options) => {
    const { rows, frames, ...rest } = options as { rows: number; frames: number };
    const end = samples.length - 2000;
    const feature = samples.slice(end - rows * frames, end);
    feature.forEach((value, i) => feature[i] = Math.fround(value * 100) - 300);
    const { data, nRows, nFrames } = delta(dsp, { data: feature, nFrames: frames }, rest);
    return { data, shape: [nRows, nFrames] };
  });
});

Deno.test("delta() gives the derivatives of a polynomial exactly", () => {
  const nFrames = 30;
  const feature = { data: Float32Array.from({ length: nFrames }, (_, t) => t * t), nFrames };
  const first = delta(dsp, feature).data;
  const second = delta(dsp, feature, { order: 2 }).data;
  for (let t = 0; t < nFrames; t++) {
    assert.ok(Math.abs(second[t] - 2) < 1e-5);
    if (t >= 4 && t < nFrames - 4) assert.ok(Math.abs(first[t] - 2 * t) < 1e-5);
  }
});

Deno.test("delta() takes what mfcc() returns and treats each row alone", () => {
  const features = mfcc(dsp, timeSignal("voice"), { sampleRate: 8000, nMfcc: 13 });
  const all = delta(dsp, features, { order: 2 });
  assert.deepEqual([all.nRows, all.nFrames], [13, features.nFrames]);
  for (let row = 0; row < 13; row++) {
    const from = row * features.nFrames, to = from + features.nFrames;
    const one = { data: features.data.slice(from, to), nFrames: features.nFrames };
    assert.deepEqual(delta(dsp, one, { order: 2 }).data, all.data.slice(from, to));
  }
});

Deno.test("delta() throws for features it cannot use", () => {
  const wrong: [RegExp, unknown, number][] = [
    [/no values/, new Float32Array(0), 1],
    [/whole rows of 4 frames/, new Float32Array(9), 4],
    [/whole rows of 0 frames/, new Float32Array(9), 0],
    [/whole rows of 1\.5 frames/, new Float32Array(9), 1.5],
    [/value 3 of the feature is NaN/, new Float32Array([1, 2, 3, NaN, 5, 6, 7, 8, 9]), 9],
    [/value 0 of the feature is -Infinity/, new Float32Array(9).fill(-Infinity), 9],
    [/Float32Array/, new Float64Array(9), 9],
    [/8 frames are too few for a width of 9/, new Float32Array(16), 8],
  ];
  for (const [message, data, nFrames] of wrong) {
    assert.throws(
      () => delta(dsp, { data: data as Float32Array, nFrames }),
      (error) => error instanceof AudioInputError && message.test(error.message),
    );
  }
});

Deno.test("delta() throws for impossible options and names them", () => {
  const wrong: [string, DeltaOptions][] = [
    ["width", { width: 1 }],
    ["width", { width: 8 }],
    ["width", { width: 9.5 }],
    ["order", { order: 0 }],
    ["order", { order: 3, width: 3 }],
    ["order", { order: 11, width: 21 }],
    ["order", { order: 1.5 }],
    ["mode", { mode: "reflect" as "mirror" }],
  ];
  for (const [option, options] of wrong) {
    assert.throws(
      () => delta(dsp, { data: new Float32Array(100), nFrames: 100 }, options),
      (error) => error instanceof AudioOptionError && error.option === option,
      JSON.stringify(options),
    );
  }
});

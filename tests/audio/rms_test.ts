import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { rms, type RmsOptions } from "../../src/audio/rms.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertLikeLibrosa } from "./librosa_time.ts";

const dsp = await loadDsp();

Deno.test("rms() equals librosa on every signal", () => {
  assertLikeLibrosa("rms", 40, { relative: 1e-6 }, (samples, options) => {
    const { data, nFrames } = rms(dsp, samples, options);
    return { data, shape: [nFrames] };
  });
});

Deno.test("rms() scales with the signal, at any level", () => {
  const random = new Random(5);
  const samples = Float32Array.from({ length: 3000 }, () => random.normal());
  const { data } = rms(dsp, samples, { frameLength: 500, hopLength: 99 });
  for (const level of [1e-20, 1e-4, 1e11]) {
    const scaled = rms(dsp, samples.map((value) => value * level), {
      frameLength: 500,
      hopLength: 99,
    });
    scaled.data.forEach((value, i) => assert.ok(Math.abs(value / data[i] / level - 1) < 1e-6));
  }
});

Deno.test("rms() reflects a signal that is shorter than its padding", () => {
  // 1 2 3 reflected: ... 1 2 3 2 1 2 3 2 1 2 3 2 1 ...
  const samples = new Float32Array([1, 2, 3]);
  const { data, nFrames } = rms(dsp, samples, { frameLength: 8, hopLength: 1, padMode: "reflect" });
  assert.equal(nFrames, 4);
  for (const value of data) assert.ok(Math.abs(value - Math.sqrt((1 + 4 + 9 + 4) / 4)) < 1e-6);
  const one = rms(dsp, new Float32Array([7]), { frameLength: 9, padMode: "reflect" });
  assert.deepEqual([...one.data], [7]);
});

Deno.test("rms() throws for too few samples and for samples it cannot use", () => {
  const short = new Float32Array(100);
  const options = { frameLength: 101, center: false };
  assert.throws(() => rms(dsp, short, options), /100 samples are too few for one frame of 101/);
  assert.equal(rms(dsp, short, { frameLength: 100, center: false }).nFrames, 1);
  assert.throws(() => rms(dsp, new Float32Array(0)), AudioInputError);
  for (const value of [NaN, Infinity]) {
    assert.throws(() => rms(dsp, new Float32Array([0, value])), AudioInputError);
  }
  assert.throws(() => rms(dsp, [1, 2, 3] as unknown as Float32Array), AudioInputError);
});

Deno.test("rms() throws for impossible options and names them", () => {
  const wrong: [string, unknown][] = [
    ["frameLength", 0],
    ["frameLength", 1.5],
    ["frameLength", 65537],
    ["frameLength", "512"],
    ["hopLength", 0],
    ["hopLength", -1],
    ["hopLength", NaN],
    ["center", 1],
    ["padMode", "symmetric"],
    ["padMode", "toString"],
  ];
  for (const [option, value] of wrong) {
    assert.throws(
      () => rms(dsp, new Float32Array(5000), { [option]: value } as RmsOptions),
      (error) => error instanceof AudioOptionError && error.option === option,
      `${option} ${value}`,
    );
  }
});

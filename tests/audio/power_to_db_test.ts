import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { powerToDb, type PowerToDbOptions } from "../../src/audio/power_to_db.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();

Deno.test("powerToDb() equals librosa on every signal", () => {
  const tolerance = { relative: 1e-6, absolute: 1e-5 };
  assertLikeLibrosa("powerToDb", 30, tolerance, (samples, { options }) => {
    const data = powerToDb(dsp, samples.map((value) => value ** 2), options);
    return { data, shape: [1, data.length] };
  });
});

Deno.test("powerToDb() clamps to amin and to topDb, whatever the number of values", () => {
  for (let length = 1; length < 10; length++) {
    const power = new Float32Array(length).fill(1e-20);
    assert.ok(powerToDb(dsp, power).every((level) => Math.abs(level + 100) < 1e-4));
    power[0] = 1;
    const levels = powerToDb(dsp, power, { topDb: 30 });
    assert.deepEqual(Array.from(levels, Math.round), [0, ...new Array(length - 1).fill(-30)]);
    power.fill(-1);
    assert.ok(powerToDb(dsp, power).every((level) => Math.abs(level + 100) < 1e-4));
  }
});

Deno.test("powerToDb() does not care about the sign of ref, and takes the least numbers", () => {
  const power = new Float32Array([1, 4]);
  assert.deepEqual(powerToDb(dsp, power, { ref: -2 }), powerToDb(dsp, power, { ref: 2 }));
  const tiny = new Float32Array([2 ** -126, 1]);
  const levels = powerToDb(dsp, tiny, { amin: 2 ** -126, topDb: Infinity });
  assert.ok(Math.abs(levels[0] + 379.298) < 1e-3);
});

Deno.test("powerToDb() throws for powers and options it cannot use", () => {
  assert.throws(() => powerToDb(dsp, new Float32Array(0)), AudioInputError);
  assert.throws(() => powerToDb(dsp, [1] as unknown as Float32Array), AudioInputError);
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(() => powerToDb(dsp, new Float32Array([1, value])), AudioInputError);
  }
  const wrong: [string, unknown][] = [
    ["ref", "mean"],
    ["ref", NaN],
    ["ref", Infinity],
    ["amin", 0],
    ["amin", 1e-40],
    ["amin", NaN],
    ["topDb", -1],
    ["topDb", "80"],
  ];
  for (const [option, value] of wrong) {
    assert.throws(
      () => powerToDb(dsp, new Float32Array(4), { [option]: value } as PowerToDbOptions),
      (error) => error instanceof AudioOptionError && error.option === option,
      `${option} ${value}`,
    );
  }
});

import assert from "node:assert/strict";
import { AudioInputError } from "../../src/audio/errors.ts";
import { isSilent } from "../../src/audio/is_silent.ts";
import { SoundCheck, usableSound } from "../../src/audio/usable_sound.ts";

const tone = (peak: number, length = 800) =>
  Float32Array.from({ length }, (_, t) => peak * Math.cos(2 * Math.PI * t / 40));

Deno.test("usableSound() leaves sound at full scale and a little over it alone", () => {
  for (const peak of [0, 0.3, 1, 1.5, 7.9]) {
    const samples = tone(peak);
    assert.equal(usableSound(samples).samples, samples);
    assert.deepEqual(usableSound(samples).warnings, []);
  }
});

Deno.test("usableSound() brings integers that were not scaled to full scale and says so", () => {
  const divisors = { 100: 2 ** 7, 20_000: 2 ** 15, 32_768: 2 ** 15, 4e6: 2 ** 23, 2e9: 2 ** 31 };
  for (const [peak, divisor] of Object.entries(divisors)) {
    const { samples, warnings } = usableSound(tone(Number(peak)));
    assert.equal(samples[0], Math.fround(Number(peak)) / divisor);
    assert.match(warnings[0], new RegExp(`divided by ${divisor}`));
  }
  const { samples } = usableSound(tone(1e30));
  assert.ok(Math.abs(samples[0] - 1) < 1e-6);
});

Deno.test("usableSound() says that a sound lies beside 0, and leaves it there", () => {
  for (const [offset, scale] of [[0.05, 1], [-0.05, 1], [0.05, 2 ** 15]]) {
    const samples = tone(0.3).map((value) => scale * (value + offset));
    const { samples: usable, warnings } = usableSound(samples);
    assert.match(
      warnings.at(-1)!,
      new RegExp(`the sound's mean is ${offset} where it should be 0`),
    );
    assert.equal(warnings[0].includes("divided by 32768"), scale !== 1);
    assert.equal(usable === samples, scale === 1);
  }
  assert.deepEqual(usableSound(tone(0.3).map((value) => value + 0.01)).warnings, []);
});

Deno.test("SoundCheck refuses what is not a finite number and counts over parts", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    const check = new SoundCheck();
    check.push(tone(0.5, 10));
    assert.throws(() => check.push(Float32Array.of(0, 0, bad)), (error) => {
      assert.ok(error instanceof AudioInputError);
      assert.match(error.message, new RegExp(`^sample 12 is ${bad}; allowed: finite numbers`));
      return true;
    });
  }
});

Deno.test("isSilent() takes a constant, and what stays below -65 dB, for silence", () => {
  const level = (db: number) => tone(Math.SQRT2 * 10 ** (db / 20), 8000);
  assert.ok(isSilent(new Float32Array(8000), 8000));
  assert.ok(isSilent(new Float32Array(8000).fill(-1 / 128), 8000));
  // A-law has no zero: its smallest value is 8 of 32768.
  assert.ok(isSilent(Float32Array.from({ length: 8000 }, (_, t) => (t % 2 - 0.5) / 2048), 8000));
  assert.ok(isSilent(level(-65.5), 8000));
  assert.ok(!isSilent(level(-64.5), 8000));
});

Deno.test("isSilent() hears one short word in a long silence", () => {
  const samples = new Float32Array(160_000);
  samples.set(tone(0.01, 400), 100_000);
  assert.ok(!isSilent(samples, 8000));
});

import assert from "node:assert/strict";
import { biquad, type BiquadKind, filterSound } from "../../../src/audio/degrade/biquad.ts";
import { gainAt } from "./tones.ts";

const sampleRate = 16000;

/** The gain by the transfer function itself, H(z) on the unit circle, in dB. */
function expected(kind: BiquadKind, frequency: number, at: number, gain?: number): number {
  const { b, a } = biquad(kind, { frequency, sampleRate, gain });
  const w = 2 * Math.PI * at / sampleRate;
  const size = (c: readonly number[]) =>
    Math.hypot(
      c.reduce((sum, value, k) => sum + value * Math.cos(k * w), 0),
      c.reduce((sum, value, k) => sum + value * Math.sin(k * w), 0),
    );
  return 20 * Math.log10(size(b) / size([1, ...a]));
}

Deno.test("biquad() halves the power at a cut-off, and lifts the middle of a peak by its gain", () => {
  assert(Math.abs(expected("low-pass", 1000, 1000) + 3.0103) < 1e-3);
  assert(Math.abs(expected("high-pass", 1000, 1000) + 3.0103) < 1e-3);
  assert(Math.abs(expected("peak", 1000, 1000, 9) - 9) < 1e-9);
  assert(Math.abs(expected("peak", 1000, 1000, -9) + 9) < 1e-9);
  assert(Math.abs(expected("peak", 1000, 7900, 9)) < 0.2);
});

Deno.test("biquad() falls by 12 dB an octave beside what it lets pass", () => {
  const slope = expected("high-pass", 2000, 100) - expected("high-pass", 2000, 50);
  assert(Math.abs(slope - 12.04) < 0.1, `${slope}`);
  assert(Math.abs(expected("low-pass", 200, 20)) < 0.01);
  assert(expected("low-pass", 200, 3200) < -40);
});

Deno.test("filterSound() does to tones what the transfer function says", () => {
  for (const kind of ["low-pass", "high-pass", "peak"] as const) {
    for (const at of [300, 1000, 4000]) {
      const filter = biquad(kind, { frequency: 900, sampleRate, gain: 6 });
      const measured = gainAt((x) => filterSound(x, [filter]), at, sampleRate);
      assert(Math.abs(measured - expected(kind, 900, at, 6)) < 0.05, `${kind} at ${at} Hz`);
    }
  }
});

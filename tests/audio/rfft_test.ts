import assert from "node:assert/strict";
import { AudioInputError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { rfft } from "../../src/audio/rfft.ts";
import { Random } from "../../src/numeric/random.ts";
import { maxDifference } from "./fixtures.ts";
import { referenceRfft } from "./reference_mfcc.ts";

const dsp = await loadDsp();
const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192];

function noise(length: number): Float32Array<ArrayBuffer> {
  const random = new Random(length);
  return Float32Array.from({ length }, () => random.normal());
}

Deno.test("rfft() equals a double-precision transform for every length", () => {
  for (const n of lengths) {
    const frame = noise(n);
    const actual = rfft(dsp, frame);
    const expected = referenceRfft(frame);
    assert.equal(actual.re.length, n / 2 + 1);
    // The spectrum of white noise has a root mean square of sqrt(n).
    const scale = Math.sqrt(n);
    assert.ok(maxDifference(actual.re, expected.re) < 2e-6 * scale, `${n}, real parts`);
    assert.ok(maxDifference(actual.im, expected.im) < 2e-6 * scale, `${n}, imaginary parts`);
  }
});

Deno.test("rfft() keeps the energy of a frame (Parseval)", () => {
  for (const n of lengths) {
    const frame = noise(n);
    const { re, im } = rfft(dsp, frame);
    const inTime = frame.reduce((sum, value) => sum + value ** 2, 0);
    let inFrequency = 0;
    for (let k = 0; k <= n / 2; k++) {
      // All bins but the first and the last stand for their mirror images too.
      inFrequency += (k === 0 || k === n / 2 ? 1 : 2) * (re[k] ** 2 + im[k] ** 2) / n;
    }
    assert.ok(Math.abs(inFrequency / inTime - 1) < 1e-6, `${n}: ${inFrequency} of ${inTime}`);
  }
});

Deno.test("rfft() turns an impulse into a turning phasor", () => {
  const frame = new Float32Array(64);
  frame[3] = 1;
  const { re, im } = rfft(dsp, frame);
  for (let k = 0; k <= 32; k++) {
    assert.ok(Math.abs(re[k] - Math.cos(2 * Math.PI * 3 * k / 64)) < 1e-6);
    assert.ok(Math.abs(im[k] + Math.sin(2 * Math.PI * 3 * k / 64)) < 1e-6);
  }
});

Deno.test("rfft() throws for a length it has no transform for and for bad samples", () => {
  for (const n of [0, 1, 32, 63, 100, 16384]) {
    assert.throws(() => rfft(dsp, new Float32Array(n)), AudioInputError);
  }
  assert.throws(() => rfft(dsp, new Float32Array(64).fill(NaN)), AudioInputError);
});

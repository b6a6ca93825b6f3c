import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { hear } from "../../src/features/hear.ts";
import { poolStates } from "../../src/features/pool_states.ts";
import { WHISPER_FRAMES } from "../../src/features/whisper_frames.ts";
import { toyEar } from "./toy_ear.ts";

const dsp = await loadDsp();

/** A second of a tone with a second of silence before and after it. */
function toneInSilence(): Float32Array {
  return Float32Array.from(
    { length: 48000 },
    (_, t) => t >= 16000 && t < 32000 ? 0.4 * Math.sin(0.2 * t) : 0,
  );
}

Deno.test("hear() says in which rows somebody speaks; in digital silence it is all of them", () => {
  const { n, spoken } = hear(dsp, toyEar(), toneInSilence());
  assert.equal(n, 150);
  assert(spoken.length >= 50 && spoken.length <= 54, `${spoken.length} rows`);
  assert(spoken[0] >= 48 && spoken.at(-1)! <= 102);
  assert.equal(hear(dsp, toyEar(), new Float32Array(16000)).spoken.length, 50);
});

Deno.test("hear() hears what is longer than the ear can take in parts, and pads what is shorter than a frame", () => {
  const sound = toneInSilence();
  const whole = hear(dsp, { ...toyEar(), most: 48000 }, sound);
  const parts = hear(dsp, { ...toyEar(), most: 16000 }, sound);
  assert.deepEqual(parts.states, whole.states);
  assert.equal(hear(dsp, toyEar(), Float32Array.of(0.1, -0.1)).n, 5);
});

Deno.test("hear() asks an ear once for a sound", () => {
  let asked = 0;
  const toy = toyEar();
  const ear = {
    ...toy,
    listen: (input: Float32Array, rows: number) => (asked++, toy.listen(input, rows)),
  };
  const sound = new Float32Array(16000).fill(0.1);
  assert.equal(hear(dsp, ear, sound), hear(dsp, ear, sound));
  assert.equal(asked, 1);
  hear(dsp, ear, sound.slice());
  assert.equal(asked, 2);
});

Deno.test("poolStates() gives the mean and deviation of the spoken rows, layer by layer", () => {
  const states = [Float32Array.of(1, 10, 3, 30, 9, 9), Float32Array.of(0, 0, 2, 4, 9, 9)];
  const heard = { states, n: 3, spoken: [0, 1] };
  assert.deepEqual([...poolStates(heard, 2, [1, 0])], [1, 2, 1, 2, 2, 20, 1, 10]);
});

Deno.test("whisper-frames averages four rows to a frame, and fills up or cuts to the window", () => {
  const ear = toyEar();
  const settings = { sampleRate: 16000, seconds: 1, mfcc: "librosa", ear } as const;
  const frames = (seconds: number) => {
    const samples = Float32Array.from({ length: 16000 * seconds }, (_, t) => (t / 320 | 0) / 100);
    return WHISPER_FRAMES.compute({ dsp, samples, ear }, settings).data;
  };
  // Row r of the layer at half the depth is 3 r / 100, and 1 and 2 more in the other columns.
  const short = frames(0.5);
  assert.equal(short.length, 13 * 3);
  const near = (value: number, expected: number) => assert(Math.abs(value - expected) < 1e-5);
  near(short[0], 3 * 1.5 / 100);
  near(short[3 * 3 + 1], 3 * 13.5 / 100 + 1);
  near(short[6 * 3], 3 * 24 / 100); // the last frame has one row of the 25
  assert(short.subarray(7 * 3).every((value) => value === 0));
  assert.equal(frames(2).length, 13 * 3);
  near(frames(2)[12 * 3], 3 * 49.5 / 100);
});

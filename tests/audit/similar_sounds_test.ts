import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { resample } from "../../src/audio/resample.ts";
import { fingerprint, FINGERPRINT_RATE } from "../../src/audit/fingerprint.ts";
import { similarSounds } from "../../src/audit/similar_sounds.ts";
import { voice, VOICE_RATE } from "./voices.ts";

const dsp = await loadDsp();

/** The fingerprint of a sound at the rate of `voice()`. */
function known(samples: Float32Array) {
  return fingerprint(dsp, resample(dsp, samples, { from: VOICE_RATE, to: FINGERPRINT_RATE }));
}

/** A sound with noise of its own, as a coarse codec gives it. */
function coarse(samples: Float32Array): Float32Array {
  return samples.map((x) => Math.round(x * 64) / 64);
}

Deno.test("similarSounds() finds a recording that is softer, cut, lengthened or coarser", () => {
  const whole = voice(1, 3);
  const longer = new Float32Array(whole.length + 4001);
  longer.set(whole, 4001);
  const changed = {
    softer: whole.map((x) => x / 7),
    upsideDown: whole.map((x) => -x),
    "without its start": whole.subarray(5003),
    "its middle": whole.subarray(7001, 17001),
    "later in time": longer,
    coarse: coarse(whole),
  };
  for (const [name, other] of Object.entries(changed)) {
    const pairs = similarSounds([known(voice(2)), known(whole), undefined, known(other)]);
    assert.deepEqual(pairs.map(({ a, b }) => [a, b]), [[1, 3]], name);
    assert(pairs[0].similarity > 0.85, `${name}: ${pairs[0].similarity}`);
  }
});

Deno.test("similarSounds() tells different voices apart, and tones and silence find nothing", () => {
  const tone = (step: number) =>
    Float32Array.from({ length: 16000 }, (_, t) => 0.3 * Math.sin(step * t));
  const sounds = [
    ...Array.from({ length: 40 }, (_, seed) => voice(seed)),
    tone(0.3),
    tone(0.5),
    new Float32Array(16000),
    new Float32Array(16000),
    new Float32Array(1),
  ];
  assert.deepEqual(similarSounds(sounds.map(known)), []);
});

Deno.test("similarSounds() compares only what is asked for", () => {
  const same = [known(voice(3)), known(voice(3)), known(voice(3))];
  const asked: string[] = [];
  const pairs = similarSounds(same, (a, b) => {
    asked.push(`${a}-${b}`);
    return b === 2;
  });
  assert.deepEqual(pairs.map(({ a, b }) => [a, b]), [[0, 2], [1, 2]]);
  assert.deepEqual([...new Set(asked)].sort(), ["0-1", "0-2", "1-2"]);
});

Deno.test("similarSounds() needs half a second in common, or the whole of a shorter sound", () => {
  const whole = voice(4, 3);
  const piece = (seconds: number) => whole.subarray(8000, 8000 + seconds * VOICE_RATE);
  const found = (a: Float32Array, b: Float32Array) => similarSounds([known(a), known(b)]).length;
  const [start, end] = [
    (t: number) => whole.subarray(0, t * VOICE_RATE),
    (t: number) => whole.subarray(t * VOICE_RATE),
  ];
  assert.equal(found(whole, piece(0.5)), 1);
  assert.equal(found(start(2), end(0.8)), 1);
  assert.equal(found(start(1.6), end(1.4)), 0);
});

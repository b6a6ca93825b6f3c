import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { FACE } from "../../src/features/face.ts";
import { FACE_STATISTICS } from "../../src/features/face_statistics.ts";
import { LANDMARK_SEQUENCE } from "../../src/features/landmark_sequence.ts";
import { LANDMARKS } from "../../src/features/landmarks.ts";
import { featureSets, featureSetsOf } from "../../src/features/registry.ts";
import { MODALITIES } from "../../src/modality.ts";
import { fillGaps } from "../../src/vision/landmarks/fill_gaps.ts";
import { toyEar } from "./toy_ear.ts";

const dsp = await loadDsp();

/** So many samples of a tone with gaps. */
function sound(n: number): Float32Array {
  return Float32Array.from({ length: n }, (_, t) => t % 900 < 700 ? 0.3 * Math.sin(0.4 * t) : 0);
}

for (const set of featureSetsOf("audio")) {
  Deno.test(`${set.name} gives as many numbers as it says, for every length and rate`, () => {
    const ear = toyEar();
    for (const sampleRate of set.needs === "speech" ? [ear.sampleRate] : [8000, 16000]) {
      for (const seconds of [0.3, 1, 1.7]) {
        for (const mfcc of ["librosa", "textbook"] as const) {
          const settings = { sampleRate, seconds, mfcc, ear };
          for (const length of [0.3, 1.2]) {
            const samples = sound(Math.round(length * sampleRate));
            const { data } = set.compute({ dsp, samples, ear }, settings);
            assert.equal(data.length, set.size(settings), JSON.stringify(settings));
            assert(data.every(Number.isFinite));
          }
        }
      }
    }
  });
}

Deno.test("sets of the face give as many numbers as they say, of short and of long clips", () => {
  const looks = { frames: 6, fps: 3 };
  const face = Array.from({ length: 68 }, (_, i) => [i * Math.cos(i), i * Math.sin(i)]).flat();
  for (const n of [2, 6, 9]) {
    const points = Float32Array.from(Array.from({ length: n }, () => face).flat());
    const times = Float64Array.from({ length: n }, (_, i) => i / 3);
    const track = fillGaps(points, times, new Uint8Array(n).fill(1))!;
    for (const set of [LANDMARKS, LANDMARK_SEQUENCE]) {
      assert.equal(set.compute({ track }, looks).data.length, set.size(looks), set.name);
    }
    const rows = Float32Array.from({ length: n * 4 }, (_, i) => i);
    const given = { rows, featureSize: 4, fps: 3 };
    const places = { ...looks, channels: 2 };
    const { data } = FACE_STATISTICS.compute(given, places);
    assert.equal(data.length, FACE_STATISTICS.size(places));
  }
});

Deno.test("face takes its head's numbers at the model's own rate, and repeats the last frame", () => {
  // The head gives the first of a frame's numbers: here the frame's own number.
  const head = {
    units: 1,
    features: (rows: Float32Array) => rows.filter((_, i) => i % 2 === 0),
    dispose: () => {},
  };
  const numbers = (n: number, fps: number) => {
    const rows = Float32Array.from({ length: 2 * n }, (_, i) => Math.floor(i / 2));
    const settings = { frames: 5, fps: 10, units: 1 };
    return Array.from(FACE.compute({ rows, featureSize: 2, fps, head }, settings).data);
  };
  assert.deepEqual(numbers(3, 10), [0, 1, 2, 2, 2]);
  assert.deepEqual(numbers(9, 10), [0, 1, 2, 3, 4]);
  assert.deepEqual(numbers(9, 20), [0, 2, 4, 6, 8]);
  assert.deepEqual(numbers(3, 5), [0, 0, 1, 1, 2]);
});

Deno.test("no two feature sets share a name, and every modality has some", () => {
  const names = featureSets().map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const modality of MODALITIES) assert(featureSetsOf(modality).length > 0);
});

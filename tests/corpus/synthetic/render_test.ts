import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { syntheticActor } from "../../../src/corpus/synthetic/actor.ts";
import { Canvas } from "../../../src/corpus/synthetic/canvas.ts";
import { drawDelivery } from "../../../src/corpus/synthetic/delivery.ts";
import { drawFace } from "../../../src/corpus/synthetic/face.ts";
import { syntheticPerformances } from "../../../src/corpus/synthetic/performances.ts";
import { renderPerformance } from "../../../src/corpus/synthetic/render.ts";
import { SYNTHETIC_GENERATOR } from "../../../src/corpus/synthetic/write_synthetic_corpus.ts";

const list = syntheticPerformances({ seed: 1 });
const takes = list.filter(({ name }) => name.modality === "audio-video");

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function firstFrames(index: number, count: number, seed = 1): Uint8Array[] {
  const clip = renderPerformance(syntheticPerformances({ seed })[index]);
  return Iterator.from(clip.frames()).take(count).toArray();
}

function decibels(samples: Float32Array): number {
  const energy = samples.reduce((sum, x) => sum + x * x, 0);
  return 10 * Math.log10(energy / samples.length);
}

/** Fundamental frequency in Hz: the strongest autocorrelation of the loudest 60 ms. */
function pitch(samples: Float32Array, sampleRate: number): number {
  const size = Math.round(0.06 * sampleRate);
  let best = { energy: 0, from: 0 };
  for (let from = 0; from + size < samples.length; from += size >> 1) {
    const energy = samples.subarray(from, from + size).reduce((sum, x) => sum + x * x, 0);
    if (energy > best.energy) best = { energy, from };
  }
  const part = samples.subarray(best.from, best.from + size);
  let strongest = { value: -Infinity, lag: 1 };
  for (let lag = Math.floor(sampleRate / 450); lag < sampleRate / 60; lag++) {
    let value = 0;
    for (let i = 0; i + lag < size; i++) value += part[i] * part[i + lag];
    if (value / (size - lag) > strongest.value) strongest = { value: value / (size - lag), lag };
  }
  return sampleRate / strongest.lag;
}

const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

Deno.test("renderPerformance() gives the same bytes for the same performance", () => {
  for (const index of [0, 12]) {
    assert.deepEqual(firstFrames(index, 5).map(hash), firstFrames(index, 5).map(hash));
    const [a, b] = [renderPerformance(list[index]), renderPerformance(list[index])];
    assert.deepEqual(a.samples, b.samples);
    assert.equal(a.frameCount, b.frameCount);
  }
});

Deno.test("renderPerformance() gives the bytes that its generator's version stands for", () => {
  const { samples } = renderPerformance(list[0]);
  const sound = Uint8Array.from(samples, (x) => 128 + Math.round(127 * x));
  // Where these change, SYNTHETIC_GENERATOR has to go up: it decides which clips are made anew.
  assert.deepEqual([SYNTHETIC_GENERATOR, hash(firstFrames(0, 1)[0]), hash(sound)], [
    2,
    "987c0269e047ad6a",
    "ef89c74ab2b19195",
  ]);
});

Deno.test("renderPerformance() gives another clip for another take, actor or seed", () => {
  const clips = [firstFrames(0, 1), firstFrames(1, 1), firstFrames(9, 1), firstFrames(0, 1, 2)];
  assert.equal(new Set(clips.map(([frame]) => hash(frame))).size, 4);
});

Deno.test("renderPerformance() gives pictures and sound of equal length, within the tutorial's 4 s", () => {
  for (const take of takes) {
    const clip = renderPerformance(take);
    const seconds = clip.frameCount / clip.fps;
    assert.ok(seconds >= 2.5 && seconds <= 4, `${take.file}: ${seconds} s`);
    assert.equal(clip.samples.length, seconds * clip.sampleRate);
    assert.ok(clip.samples.every((x) => Math.abs(x) <= 1), take.file);
  }
  const frames = [...renderPerformance(takes[0]).frames()];
  assert.equal(frames.length, renderPerformance(takes[0]).frameCount);
  assert.ok(frames.every((frame) => frame.length === 320 * 180 * 3));
  assert.notEqual(hash(frames[30]), hash(frames[31]));
});

Deno.test("renderPerformance() gives a twin the same pictures and digital silence", () => {
  const twin = list.findIndex(({ name }) => name.modality === "video-only");
  const original = twin - 1;
  assert.equal(list[original].name.modality, "audio-video");
  assert.deepEqual(firstFrames(twin, 3).map(hash), firstFrames(original, 3).map(hash));
  const [silent, sounding] = [renderPerformance(list[twin]), renderPerformance(list[original])];
  assert.equal(silent.samples.length, sounding.samples.length);
  assert.ok(silent.samples.every((x) => x === 0));
  assert.ok(sounding.samples.some((x) => Math.abs(x) > 0.05));
});

Deno.test("renderPerformance() makes angry voices louder and higher, but not beyond doubt", () => {
  const voices = takes.map((take) => {
    const { samples, sampleRate } = renderPerformance(take);
    const { pitch: base } = syntheticActor(take.seed, take.name.actor).voice;
    const semitones = 12 * Math.log2(pitch(samples, sampleRate) / base);
    return { emotion: take.name.emotion, level: decibels(samples), semitones };
  });
  const of = (emotion: string, what: "level" | "semitones") =>
    voices.filter((voice) => voice.emotion === emotion).map((voice) => voice[what]);
  assert.ok(mean(of("angry", "level")) - mean(of("calm", "level")) > 3);
  assert.ok(mean(of("angry", "semitones")) - mean(of("calm", "semitones")) > 2);
  assert.ok(Math.max(...of("calm", "level")) > Math.min(...of("angry", "level")));
});

Deno.test("drawDelivery() puts more anger into angry faces, with overlap, and smiles into calm ones", () => {
  const faces = [1, 2, 3, 4, 5].flatMap((seed) =>
    takes.map(({ name }) => ({
      emotion: name.emotion,
      ...drawDelivery(seed, name, syntheticActor(seed, name.actor)),
    }))
  );
  const of = (emotion: string, what: "anger" | "smile" | "arousal") =>
    faces.filter((face) => face.emotion === emotion).map((face) => face[what]);
  for (const what of ["anger", "arousal"] as const) {
    assert.ok(mean(of("angry", what)) > mean(of("calm", what)) + 0.3, what);
    assert.ok(Math.max(...of("calm", what)) > Math.min(...of("angry", what)), what);
  }
  assert.ok(mean(of("calm", "smile")) > mean(of("angry", "smile")) + 0.15);
});

Deno.test("drawFace() shows anger at the brows, speech at the mouth and a blink at the eyes", () => {
  const { looks } = syntheticActor(1, 1);
  const still = {
    ...{ x: 0, y: 0, scale: 1, roll: 0, yaw: 0, pitch: 0 },
    ...{ anger: 0, smile: 0, opening: 0, rounding: 0, blink: 0, gaze: 0 },
  };
  /** Mean absolute change of the grey levels between two rows, as fractions of the height. */
  const change = (pose: Partial<typeof still>, from: number, to: number) => {
    const [a, b] = [new Canvas(320, 180), new Canvas(320, 180)];
    drawFace(a, looks, still);
    drawFace(b, looks, { ...still, ...pose });
    const [start, end] = [from, to].map((y) => Math.round(y * 180) * 320 * 3);
    let sum = 0;
    for (let i = start; i < end; i++) sum += Math.abs(a.pixels[i] - b.pixels[i]);
    return sum / (end - start);
  };
  const brows = [0.33, 0.42] as const;
  const mouth = [0.6, 0.75] as const;
  const eyes = [0.42, 0.5] as const;
  assert.ok(change({ anger: 1 }, ...brows) > 1);
  assert.ok(change({ opening: 1 }, ...mouth) > 1);
  assert.ok(change({ blink: 1 }, ...eyes) > 0.5);
  assert.equal(change({ opening: 1 }, ...brows), 0);
  assert.equal(change({ blink: 1 }, ...mouth), 0);
});

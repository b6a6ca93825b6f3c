import assert from "node:assert/strict";
import { fewBits } from "../../../src/audio/degrade/codec.ts";
import { type ConditionName, CONDITIONS } from "../../../src/audio/degrade/conditions.ts";
import type { Degradation } from "../../../src/audio/degrade/degradation.ts";
import { otherLevel } from "../../../src/audio/degrade/level.ts";
import { otherMicrophone } from "../../../src/audio/degrade/microphone.ts";
import { steadyNoise } from "../../../src/audio/degrade/noise.ts";
import { room } from "../../../src/audio/degrade/room.ts";
import { telephone } from "../../../src/audio/degrade/telephone.ts";
import { Random } from "../../../src/numeric/random.ts";
import { decibels, gainAt, power, tone } from "./tones.ts";

const sampleRate = 16000;
const run = (degrade: Degradation, samples: Float32Array, seed = 1) =>
  degrade(samples, { sampleRate, random: new Random(seed) });

Deno.test("every condition gives another sound of the same length, the same by the same seed", () => {
  const sound = tone(440, sampleRate).map((x, t) => x * Math.sin(t / 3000));
  for (const name of Object.keys(CONDITIONS) as ConditionName[]) {
    const kept = Float32Array.from(sound);
    const once = run(CONDITIONS[name], sound);
    assert.equal(once.length, sound.length, name);
    assert(once.every(Number.isFinite), name);
    assert.notDeepEqual(once, sound, name);
    assert.deepEqual(once, run(CONDITIONS[name], sound), name);
    assert.deepEqual(sound, kept, `${name} leaves what it is given alone`);
  }
  const chance: ConditionName[] = ["microphone", "noise 10 dB", "room", "few bits", "anything"];
  for (const name of chance) {
    assert.notDeepEqual(run(CONDITIONS[name], sound, 1), run(CONDITIONS[name], sound, 2), name);
  }
});

Deno.test("every condition takes no sound, and silence", () => {
  for (const name of Object.keys(CONDITIONS) as ConditionName[]) {
    assert.deepEqual(run(CONDITIONS[name], new Float32Array(0)), new Float32Array(0), name);
    assert(run(CONDITIONS[name], new Float32Array(800)).every((x) => x === 0), name);
  }
});

Deno.test("steadyNoise() keeps its distance, whatever the colour", () => {
  const sound = tone(300, sampleRate);
  for (const seed of [1, 2, 3, 4]) {
    const noisy = run(steadyNoise(10), sound, seed);
    const noise = noisy.map((x, t) => x - sound[t]);
    assert(Math.abs(decibels(power(sound) / power(noise)) - 10) < 0.01);
  }
});

Deno.test("otherLevel() changes the level, and cuts at full scale", () => {
  assert(Math.abs(gainAt((x) => run(otherLevel(-20), x), 300, sampleRate) + 20) < 1e-3);
  const loud = run(otherLevel(40), tone(300, sampleRate));
  assert.deepEqual([Math.min(...loud), Math.max(...loud)], [-1, 1]);
});

Deno.test("telephone() lets pass what telephones let pass", () => {
  const gain = (at: number) => gainAt((x) => run(telephone, x), at, sampleRate);
  assert(Math.abs(gain(1000)) < 0.5);
  assert(gain(60) < -40 && gain(7000) < -30);
});

Deno.test("fewBits() cuts what is high, and leaves a noise that ends with the sound", () => {
  assert(gainAt((x) => run(fewBits, x), 7900, sampleRate) < -15);
  assert(Math.abs(gainAt((x) => run(fewBits, x), 300, sampleRate)) < 1);
  const sound = tone(300, sampleRate).fill(0, sampleRate / 2);
  const after = run(fewBits, sound).subarray(sampleRate / 2 + sampleRate / 5);
  assert(decibels(power(after) / power(sound)) < -60);
});

Deno.test("otherMicrophone() changes no frequency by more than its peaks together can", () => {
  for (const seed of [1, 2, 3]) {
    for (const at of [500, 1500, 5000]) {
      const gain = gainAt((x) => run(otherMicrophone, x, seed), at, sampleRate);
      assert(Math.abs(gain) < 4 * 9 + 1, `${gain} dB at ${at} Hz`);
    }
  }
});

Deno.test("room() dies away by 60 dB in its time, at the level of the sound", () => {
  const click = new Float32Array(sampleRate);
  click[0] = 1;
  const echoes = run(room([0.5, 0.5], [0, 0]), click);
  assert(Math.abs(decibels(power(echoes) / power(click))) < 0.01);
  const at = (seconds: number) => {
    const start = seconds * sampleRate;
    return power(echoes.subarray(start, start + 0.05 * sampleRate));
  };
  // From 0.05 to 0.35 s it is 0.3 / 0.5 of 60 dB.
  assert(Math.abs(decibels(at(0.05) / at(0.35)) - 36) < 3);
  assert.equal(power(echoes.subarray(0.51 * sampleRate)), 0);
});

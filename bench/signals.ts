import { Random } from "../src/numeric/random.ts";

/** Samples a second of all signals, in Hz. */
export const SAMPLE_RATE = 8000;

const LENGTH = 4 * SAMPLE_RATE;

/** The clips of 4 s that every contender gets, in [-1, 1]. No part of them is digital silence. */
export function benchSignals(): Float32Array<ArrayBuffer>[] {
  return [voice(), sweep(), noise()];
}

/** Two vowels with a gliding pitch: harmonics weighted by three formants, over a faint noise. */
function voice(): Float32Array<ArrayBuffer> {
  const random = new Random(1);
  const formants = [[650, 1], [1200, 0.5], [2600, 0.2]];
  let phase = 0;
  return Float32Array.from({ length: LENGTH }, (_, t) => {
    const seconds = t / SAMPLE_RATE;
    const pitch = 140 + 30 * Math.sin(2 * Math.PI * 0.7 * seconds);
    phase += 2 * Math.PI * pitch / SAMPLE_RATE;
    let sum = 0.002 * random.normal();
    for (let k = 1; k * pitch < SAMPLE_RATE / 2; k++) {
      for (const [centre, height] of formants) {
        sum += height * Math.sin(k * phase) / (1 + ((k * pitch - centre) / 100) ** 2);
      }
    }
    return 0.1 * sum * (0.6 + 0.4 * Math.sin(2 * Math.PI * seconds));
  });
}

/** A tone that rises from 60 Hz to 3.8 kHz, over a faint noise. */
function sweep(): Float32Array<ArrayBuffer> {
  const random = new Random(2);
  return Float32Array.from({ length: LENGTH }, (_, t) => {
    const seconds = t / SAMPLE_RATE;
    return 0.4 * Math.sin(2 * Math.PI * (60 + 467.5 * seconds) * seconds) + 0.005 * random.normal();
  });
}

/** White noise. */
function noise(): Float32Array<ArrayBuffer> {
  const random = new Random(3);
  return Float32Array.from({ length: LENGTH }, () => 0.1 * random.normal());
}

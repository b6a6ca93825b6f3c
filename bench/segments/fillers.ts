import type { Random } from "../../src/numeric/random.ts";
import { VAD_RATE } from "../../models/silero/silero_vad.ts";

/** What fills a pause between two clips. */
export const FILLERS = ["nothing", "music", "noises"] as const;

/** A way to fill a pause. */
export type Filler = typeof FILLERS[number];

/** Root mean square of music and of the loudest noises: about that of speech. */
const LEVEL = 0.05;

/** Fills `n` samples at {@linkcode VAD_RATE}. */
export function fill(filler: Filler, n: number, random: Random): Float32Array {
  if (filler === "nothing") return new Float32Array(n);
  const sound = filler === "music" ? music(n, random) : noises(n, random);
  const power = Math.sqrt(sound.reduce((sum, value) => sum + value * value, 0) / n) || 1;
  return sound.map((value) => value * LEVEL / power);
}

/** Semitones above the key of the chords of a common progression, minor and major thirds as they come. */
const CHORDS = [[0, 4, 7], [9, 12, 16], [5, 9, 12], [7, 11, 14]];

/** Chords of plucked, harmonic tones, a bass, and drums: what songs begin with before somebody sings. */
function music(n: number, random: Random): Float32Array {
  const out = new Float32Array(n);
  const beat = Math.round(VAD_RATE * 60 / random.uniform(80, 140));
  const key = 110 * 2 ** (random.int(12) / 12);
  for (let at = 0, count = 0; at < n; at += beat, count++) {
    const chord = CHORDS[Math.floor(count / 4) % CHORDS.length];
    for (const note of [...chord, chord[0] - 12]) {
      const f = key * 2 ** (note / 12);
      for (let t = 0; t < beat && at + t < n; t++) {
        let value = 0;
        for (let k = 1; k <= 6 && k * f < VAD_RATE / 2; k++) {
          value += Math.sin(2 * Math.PI * k * f * t / VAD_RATE) / k;
        }
        out[at + t] += value * Math.exp(-3 * t / beat) * 0.3;
      }
    }
    for (let t = 0; t < beat && at + t < n; t++) {
      const seconds = t / VAD_RATE;
      const kick = Math.sin(2 * Math.PI * (45 + 80 * Math.exp(-30 * seconds)) * seconds);
      out[at + t] += count % 2 === 0
        ? 1.2 * kick * Math.exp(-12 * seconds)
        : 0.9 * random.uniform(-1, 1) * Math.exp(-18 * seconds);
    }
  }
  return out;
}

/** Knocks, hisses that swell and fade, and beeps. */
function noises(n: number, random: Random): Float32Array {
  const out = new Float32Array(n);
  for (let at = 0; at < n; at += Math.round(VAD_RATE * random.uniform(0.3, 1.5))) {
    const kind = random.int(3);
    const length = Math.round(VAD_RATE * random.uniform(0.1, 1));
    const f = random.uniform(200, 2000);
    for (let t = 0; t < length && at + t < n; t++) {
      const shape = Math.sin(Math.PI * t / length);
      const noise = random.uniform(-1, 1);
      out[at + t] += kind === 0
        ? 2 * noise * Math.exp(-40 * t / VAD_RATE)
        : kind === 1
        ? 0.7 * noise * shape
        : 0.5 * Math.sin(2 * Math.PI * f * t / VAD_RATE) * Math.min(1, 8 * shape);
    }
  }
  return out;
}

/** Pink noise [n] of root mean square 1: about that of rooms and streets (P. Kellet's filter of white noise). */
export function pinkNoise(n: number, random: Random): Float32Array {
  const out = new Float32Array(n);
  let [b0, b1, b2] = [0, 0, 0];
  for (let t = 0; t < n; t++) {
    const white = random.uniform(-1, 1);
    b0 = 0.99765 * b0 + white * 0.0990460;
    b1 = 0.96300 * b1 + white * 0.2965164;
    b2 = 0.57000 * b2 + white * 1.0526913;
    out[t] = b0 + b1 + b2 + white * 0.1848;
  }
  const power = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0) / n);
  return out.map((value) => value / power);
}

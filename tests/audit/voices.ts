import { Random } from "../../src/numeric/random.ts";

/** Samples a second of {@linkcode voice}. */
export const VOICE_RATE = 8000;

/**
 * Something like a voice: a few syllables of harmonics whose pitch and colour change, with a breath of noise;
 * another seed, another voice.
 */
export function voice(seed: number, seconds = 2): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  const samples = new Float32Array(seconds * VOICE_RATE);
  let phase = 0;
  let pitch = 120 + 100 * random.next();
  let gains = new Float64Array(12);
  let [from, to] = [0, 0];
  for (let t = 0; t < samples.length; t++) {
    if (t === to) {
      from = t;
      to = t + Math.round(VOICE_RATE * (0.12 + 0.15 * random.next()));
      pitch *= 0.85 + 0.3 * random.next();
      gains = Float64Array.from({ length: 12 }, () => random.next() ** 2);
    }
    const place = (t - from) / (to - from);
    phase += 2 * Math.PI * pitch * (1 + 0.1 * place) / VOICE_RATE;
    const sound = gains.reduce((sum, gain, k) => sum + gain * Math.sin((k + 1) * phase), 0);
    samples[t] = 0.08 * Math.sin(Math.PI * place) * sound + 0.002 * (random.next() - 0.5);
  }
  return samples;
}

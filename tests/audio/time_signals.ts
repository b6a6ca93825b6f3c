import { readWav } from "./fixtures.ts";

/** The signals of tests/fixtures/make_librosa_time.py, made in the same way. */
const makers: Readonly<Record<string, () => Float32Array<ArrayBuffer>>> = {
  voice: () => readWav("voice"),
  sweep: () => readWav("sweep"),
  loud: () => readWav("loud"),
  tones,
  faded: () => {
    const y = tones();
    return quantised(y.length, (t) => y[t] * (0.5 - 0.5 * Math.cos(2 * Math.PI * t / y.length)));
  },
  noise: () => {
    let x = 1;
    return Float32Array.from({ length: 12000 }, () => {
      x = (Math.imul(1664525, x) + 1013904223) >>> 0;
      return ((x >>> 16) - 32768) / 65536;
    });
  },
  silence: () => new Float32Array(6000),
  impulse: () => new Float32Array(6000).fill(1, 2500, 2501),
  offset: () => {
    const y = quantised(12000, (t) => 0.4 + 0.01 * Math.cos(2 * Math.PI * 131 * t / 8000));
    y.fill(0, 6000);
    for (let t = 6100; t < 12000; t += 1471) y[t] = 1 / 32768;
    return y;
  },
};

function tones(): Float32Array<ArrayBuffer> {
  const parts = [[0.3, 220], [0.2, 660], [0.1, 1100], [0.05, 3000]];
  return quantised(19200, (t) => {
    let sum = 0;
    for (const [a, f] of parts) sum += a * Math.cos(2 * Math.PI * f * t / 16000);
    return sum;
  });
}

function quantised(length: number, value: (t: number) => number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, t) => Math.floor(value(t) * 32768 + 0.5) / 32768);
}

/** The names of the signals. */
export const timeSignalNames: readonly string[] = Object.keys(makers);

const made = new Map<string, Float32Array<ArrayBuffer>>();

/** A signal of tests/fixtures/make_librosa_time.py by its name. */
export function timeSignal(name: string): Float32Array<ArrayBuffer> {
  let samples = made.get(name);
  if (!samples) made.set(name, samples = makers[name]());
  return samples;
}

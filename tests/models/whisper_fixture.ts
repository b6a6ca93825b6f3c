import { type WhisperSizes, whisperTensors } from "../../models/whisper/whisper_weights.ts";
import type { TensorMap } from "../../src/numeric/safetensors.ts";

/** The sizes of the published tiny. */
export const TINY: WhisperSizes = { name: "tiny", width: 384, layers: 4, heads: 6 };
/** The sizes of the published small. */
export const SMALL: WhisperSizes = { name: "small", width: 768, layers: 12, heads: 12 };
/** The encoder of tests/fixtures/make_whisper.py. */
export const FIXTURE_SIZES = { name: "custom", width: 32, layers: 2, heads: 2 } as const;

/** A 32-bit integer hash (lowbias32), as in tests/fixtures/make_whisper.py. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Numbers in [-limit, limit) that belong to a stream. */
export function uniform(stream: number, length: number, limit: number): Float32Array {
  const start = mix(stream);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = (mix(start + i | 0) / 2147483648 - 1) * limit;
  return values;
}

/** The weights of an encoder of these sizes, by the script's formula. */
export function fixtureWeights(sizes: WhisperSizes = FIXTURE_SIZES): TensorMap {
  const tensors: TensorMap = {};
  let stream = 100;
  for (const [name, shape] of whisperTensors(sizes)) {
    const [outputs, inputs, taps = 1] = shape;
    const limit = shape.length === 1 ? 0.5 : Math.sqrt(6 / (taps * inputs));
    const data = uniform(stream++, outputs * (inputs ?? 1) * taps, limit);
    const isScale = /norm\.weight$/.test(name);
    tensors[name] = { shape: [...shape], data: isScale ? data.map((value) => 1 + value) : data };
  }
  return tensors;
}

/** The sound of the scripts: a quarter of silence, then a period of 97 samples that grows, and a little noise. */
export function fixtureSound(samples: number): Float32Array {
  const [period, noise] = [uniform(1, 97, 1), uniform(2, samples, 1)];
  return noise.map((value, t) => {
    const envelope = t < Math.floor(samples / 4) ? 0 : (t / samples) ** 2;
    return (period[t % 97] + value / 1000) * envelope;
  });
}

import type { Ear } from "../../models/ear.ts";
import { activeFrames } from "../audio/active_frames.ts";
import type { Dsp } from "../audio/dsp.ts";
import { whisperLogMel } from "../audio/whisper_log_mel.ts";
import { joinFloats } from "../numeric/join_floats.ts";
import { earLayers } from "./ear_layers.ts";

/** The least that is heard, in seconds: shorter sounds are followed by silence. */
const LEAST_SECONDS = 0.1;

/** What a trained ear makes of a sound. */
export interface Heard {
  /**
   * One matrix [n, width] a layer, what enters the first one before them; those behind the deepest that counts are left
   * out.
   */
  readonly states: readonly Float32Array[];
  /** Number of rows. */
  readonly n: number;
  /** Numbers of the rows in which somebody speaks: within 30 dB of the loudest; all in digital silence. */
  readonly spoken: readonly number[];
}

/** What ears made of sounds that are still in use: several feature sets are made of it. */
const known = new WeakMap<Ear, WeakMap<Float32Array, Heard>>();

/**
 * What an ear makes of a sound, mono samples at the ear's rate. A sound that is longer than the ear can take at once is
 * heard in parts. The array must not be changed while it is in use: what was heard of it is kept.
 *
 * @throws {AudioInputError} If there are no samples, or one is not a usable number.
 */
export function hear(dsp: Dsp, ear: Ear, samples: Float32Array): Heard {
  const ofEar = known.get(ear) ?? new WeakMap<Float32Array, Heard>();
  known.set(ear, ofEar);
  const heard = ofEar.get(samples) ?? listen(dsp, ear, samples);
  ofEar.set(samples, heard);
  return heard;
}

function listen(dsp: Dsp, ear: Ear, samples: Float32Array): Heard {
  const least = Math.ceil(LEAST_SECONDS * ear.sampleRate);
  const sound = samples.length < least ? padded(samples, least) : samples;
  const { input, rows } = inputOf(dsp, ear, sound);
  const width = input.length / rows;
  const through = Math.max(...earLayers(ear));
  const parts = Array.from({ length: Math.ceil(rows / ear.most) }, (_, part) => {
    const [from, to] = [part * ear.most, Math.min(rows, (part + 1) * ear.most)];
    return ear.listen(input.subarray(from * width, to * width), to - from, through);
  });
  const states = parts.length === 1
    ? parts[0]
    : parts[0].map((_, layer) => joinFloats(parts.map((part) => part[layer])));
  const n = states[0].length / ear.width;
  const hopLength = Math.round(ear.sampleRate / ear.rowsPerSecond);
  const { loud } = activeFrames(dsp, sound, { frameLength: 2 * hopLength, hopLength });
  const spoken = Array.from({ length: n }, (_, row) => row).filter((row) => loud[row]);
  return { states, n, spoken: spoken.length > 0 ? spoken : Array.from({ length: n }, (_, i) => i) };
}

function inputOf(dsp: Dsp, ear: Ear, samples: Float32Array): { input: Float32Array; rows: number } {
  if (ear.input === "samples") return { input: samples, rows: samples.length };
  const { data, nFrames } = whisperLogMel(dsp, samples);
  return { input: data, rows: nFrames };
}

function padded(samples: Float32Array, length: number): Float32Array {
  const out = new Float32Array(length);
  out.set(samples);
  return out;
}

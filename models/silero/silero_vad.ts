import { fromFloat16 } from "../../src/numeric/float16.ts";
import { decodeSafetensors, type TensorMap } from "../../src/numeric/safetensors.ts";
import { WeightsError } from "../weights_error.ts";

/** Samples a second that the network hears, in Hz. */
export const VAD_RATE = 16_000;

/** Samples of a chunk, of which each gets one probability: 32 ms. */
export const VAD_CHUNK = 512;

/** Samples before a chunk that belong to what is heard of it. */
export const VAD_CONTEXT = 64;

/** Samples after a chunk: a mirror of its last ones. */
export const VAD_MIRROR = 64;

/** The Fourier transform that the network begins with: of 256 samples under a Hann window, at every 128th. */
export const VAD_FFT = { nFft: 256, hopLength: 128 } as const;

/** Magnitudes of a frame, and frames of a chunk. */
export const VAD_BINS = 129;
export const VAD_FRAMES = 4;

const WIDTH = 128;

/** The convolutions: channels in and out, and the step from one frame to the next. */
const CONVOLUTIONS = [
  { name: "conv1", from: VAD_BINS, to: 128, stride: 1 },
  { name: "conv2", from: 128, to: 64, stride: 2 },
  { name: "conv3", from: 64, to: 64, stride: 2 },
  { name: "conv4", from: 64, to: WIDTH, stride: 1 },
] as const;

/** Frames that each output of a convolution sees. */
const TAPS = 3;

/** One convolution over time, with a rectifier after it. */
interface Convolution {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  /** [to, TAPS, from], so that what an output sees lies in one piece. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** What the network remembers of a recording. */
export interface VadState {
  /** The output of the recurrent layer [128]. */
  readonly hidden: Float32Array;
  /** Its cells [128]. */
  readonly cells: Float32Array;
}

/**
 * Silero VAD 6.2 for 16 kHz (Silero Team, https://github.com/snakers4/silero-vad, MIT): tells how probable speech is in
 * every 32 ms of a recording. Magnitudes of four frames go through four convolutions, an LSTM cell of 128 units, a
 * rectifier and a logistic unit; what comes before is remembered by the cell.
 *
 * The weights lie beside this file in float16 (490 kB), with their licence.
 */
export class SileroVad {
  readonly #convolutions: readonly Convolution[];
  /** [512, 128 + 128]: of inputs, then of the hidden state; gates are in, forget, cell, out. */
  readonly #gates: Float32Array;
  readonly #gateBias: Float32Array;
  readonly #final: Float32Array;
  readonly #finalBias: number;

  /**
   * Takes the weights as the file beside this one holds them.
   *
   * @throws {WeightsError} If a tensor is missing or has another size.
   * @throws {SafetensorsError} If it is no such file.
   */
  constructor(file: Uint8Array<ArrayBuffer>) {
    const { tensors } = decodeSafetensors(file);
    const take = (name: string, length: number) => floats(tensors, name, length);
    this.#convolutions = CONVOLUTIONS.map(({ name, from, to, stride }) => ({
      ...{ from, to, stride },
      weights: tapsFirst(take(`${name}.weight`, to * from * TAPS), from, to),
      bias: take(`${name}.bias`, to),
    }));
    const inputs = take("lstm_cell.weight_ih", 4 * WIDTH * WIDTH);
    const hidden = take("lstm_cell.weight_hh", 4 * WIDTH * WIDTH);
    this.#gates = new Float32Array(8 * WIDTH * WIDTH);
    for (let row = 0; row < 4 * WIDTH; row++) {
      this.#gates.set(inputs.subarray(row * WIDTH, (row + 1) * WIDTH), 2 * row * WIDTH);
      this.#gates.set(hidden.subarray(row * WIDTH, (row + 1) * WIDTH), (2 * row + 1) * WIDTH);
    }
    const more = take("lstm_cell.bias_hh", 4 * WIDTH);
    this.#gateBias = take("lstm_cell.bias_ih", 4 * WIDTH).map((value, i) => value + more[i]);
    this.#final = take("final_conv.weight", WIDTH);
    [this.#finalBias] = take("final_conv.bias", 1);
  }

  /** What it remembers before a recording begins. */
  begin(): VadState {
    return { hidden: new Float32Array(WIDTH), cells: new Float32Array(WIDTH) };
  }

  /**
   * The probability of speech in the next chunk of a recording, from 0 to 1.
   *
   * @param magnitudes Of the chunk's frames [VAD_FRAMES, VAD_BINS].
   * @param state What it remembers, which changes.
   */
  probability(magnitudes: Float32Array, { hidden, cells }: VadState): number {
    let values = magnitudes;
    for (const convolution of this.#convolutions) values = convolve(values, convolution);
    const input = new Float32Array(2 * WIDTH);
    input.set(values);
    input.set(hidden, WIDTH);
    const gate = (kind: number, unit: number) => {
      const row = kind * WIDTH + unit;
      return this.#gateBias[row] + dot(this.#gates, row * 2 * WIDTH, input, 0, 2 * WIDTH);
    };
    let sum = this.#finalBias;
    for (let unit = 0; unit < WIDTH; unit++) {
      const kept = logistic(gate(1, unit)) * cells[unit];
      cells[unit] = kept + logistic(gate(0, unit)) * Math.tanh(gate(2, unit));
      hidden[unit] = logistic(gate(3, unit)) * Math.tanh(cells[unit]);
      sum += this.#final[unit] * Math.max(0, hidden[unit]);
    }
    return logistic(sum);
  }
}

/** Frames [n, from] to frames [ceil(n / stride), to], zeros beyond both ends, rectified. */
function convolve(
  frames: Float32Array,
  { from, to, stride, weights, bias }: Convolution,
): Float32Array {
  const n = frames.length / from;
  const padded = new Float32Array((n + TAPS - 1) * from);
  padded.set(frames, from);
  const count = Math.ceil(n / stride);
  const out = new Float32Array(count * to);
  const length = TAPS * from;
  for (let t = 0; t < count; t++) {
    for (let o = 0; o < to; o++) {
      const value = bias[o] + dot(weights, o * length, padded, t * stride * from, length);
      out[t * to + o] = value > 0 ? value : 0;
    }
  }
  return out;
}

/** Sum of products; four sums side by side are faster than one. */
function dot(a: Float32Array, i: number, b: Float32Array, j: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = length - length % 4;
  let k = 0;
  for (; k < whole; k += 4) {
    s0 += a[i + k] * b[j + k];
    s1 += a[i + k + 1] * b[j + k + 1];
    s2 += a[i + k + 2] * b[j + k + 2];
    s3 += a[i + k + 3] * b[j + k + 3];
  }
  for (; k < length; k++) s0 += a[i + k] * b[j + k];
  return s0 + s1 + (s2 + s3);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Weights [to, from, TAPS] as [to, TAPS, from]. */
function tapsFirst(weights: Float32Array, from: number, to: number): Float32Array {
  const out = new Float32Array(weights.length);
  for (let o = 0; o < to; o++) {
    for (let i = 0; i < from; i++) {
      for (let k = 0; k < TAPS; k++) {
        out[(o * TAPS + k) * from + i] = weights[(o * from + i) * TAPS + k];
      }
    }
  }
  return out;
}

function floats(tensors: TensorMap, name: string, length: number): Float32Array {
  const data = tensors[name]?.data;
  if (!(data instanceof Uint16Array) || data.length !== length) {
    throw new WeightsError(`${name} is no float16 tensor of ${length} numbers`);
  }
  return fromFloat16(data);
}

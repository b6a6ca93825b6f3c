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
  /** Rows of {@linkcode inFours}, each of TAPS times `from` weights: what an output sees lies in one piece. */
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
  /**
   * Rows of {@linkcode inFours}, each of 128 weights of inputs and 128 of the hidden state: of each unit the gates in,
   * forget, cell and out.
   */
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
      from,
      to,
      stride,
      weights: inFours(tapsFirst(take(`${name}.weight`, to * from * TAPS), from, to), to),
      bias: take(`${name}.bias`, to),
    }));
    const inputs = take("lstm_cell.weight_ih", 4 * WIDTH * WIDTH);
    const hidden = take("lstm_cell.weight_hh", 4 * WIDTH * WIDTH);
    const rows = new Float32Array(8 * WIDTH * WIDTH);
    for (let row = 0; row < 4 * WIDTH; row++) {
      const [gate, unit] = [Math.floor(row / WIDTH), row % WIDTH];
      const to = (unit * 4 + gate) * 2 * WIDTH;
      rows.set(inputs.subarray(row * WIDTH, (row + 1) * WIDTH), to);
      rows.set(hidden.subarray(row * WIDTH, (row + 1) * WIDTH), to + WIDTH);
    }
    this.#gates = inFours(rows, 4 * WIDTH);
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
    const gates = new Float32Array(4);
    const bias = this.#gateBias;
    let sum = this.#finalBias;
    for (let unit = 0; unit < WIDTH; unit++) {
      fourProducts(this.#gates, unit * 8 * WIDTH, input, 0, 2 * WIDTH, gates, 0);
      const kept = logistic(gates[1] + bias[WIDTH + unit]) * cells[unit];
      const candidate = Math.tanh(gates[2] + bias[2 * WIDTH + unit]);
      cells[unit] = kept + logistic(gates[0] + bias[unit]) * candidate;
      hidden[unit] = logistic(gates[3] + bias[3 * WIDTH + unit]) * Math.tanh(cells[unit]);
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
    for (let o = 0; o < to; o += 4) {
      fourProducts(weights, o * length, padded, t * stride * from, length, out, t * to + o);
    }
  }
  return out.map((value, i) => Math.max(0, value + bias[i % to]));
}

/**
 * The products of four rows of weights with one vector: a value that is read serves four sums, which is several times
 * as fast as one row after the other.
 */
function fourProducts(
  weights: Float32Array,
  row: number,
  values: Float32Array,
  from: number,
  length: number,
  out: Float32Array,
  to: number,
): void {
  let a = 0, b = 0, c = 0, d = 0;
  for (let k = 0, i = row; k < length; k++, i += 4) {
    const value = values[from + k];
    a += value * weights[i];
    b += value * weights[i + 1];
    c += value * weights[i + 2];
    d += value * weights[i + 3];
  }
  out[to] = a;
  out[to + 1] = b;
  out[to + 2] = c;
  out[to + 3] = d;
}

/** Rows of a matrix, four side by side: first the first numbers of four rows, then their second ones. */
function inFours(matrix: Float32Array, rows: number): Float32Array {
  const length = matrix.length / rows;
  return matrix.map((_, i) => {
    const [four, rest] = [Math.floor(i / (4 * length)), i % (4 * length)];
    return matrix[(4 * four + rest % 4) * length + Math.floor(rest / 4)];
  });
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

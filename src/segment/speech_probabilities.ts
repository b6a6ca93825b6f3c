import {
  type SileroVad,
  VAD_BINS,
  VAD_CHUNK,
  VAD_CONTEXT,
  VAD_FFT,
  VAD_FRAMES,
  VAD_MIRROR,
  VAD_RATE,
  type VadState,
} from "../../models/silero/silero_vad.ts";
import type { Dsp } from "../audio/dsp.ts";
import { spectrogram } from "../audio/spectrogram.ts";
import { joinFloats } from "../numeric/join_floats.ts";

/** Probabilities a second. */
export const SPEECH_RATE: number = VAD_RATE / VAD_CHUNK;

/** Chunks that are transformed at once. */
const BATCH = 64;

/** Samples that the network hears of a chunk: frames of several lie one after the other where these do. */
const HEARD = VAD_CONTEXT + VAD_CHUNK + VAD_MIRROR;

/**
 * How probable speech is along a recording that arrives in parts: a probability every 32 ms. Less than two seconds of
 * the sound are kept, and four bytes a probability.
 */
export class SpeechProbabilities {
  readonly #dsp: Dsp;
  readonly #network: SileroVad;
  readonly #state: VadState;
  /** Samples from the context of the next chunk on. */
  #samples: Float32Array = new Float32Array(VAD_CONTEXT);
  readonly #found: Float32Array[] = [];

  /** Begins a recording. */
  constructor(dsp: Dsp, network: SileroVad) {
    this.#dsp = dsp;
    this.#network = network;
    this.#state = network.begin();
  }

  /** Takes the next samples, mono at {@linkcode VAD_RATE}. */
  push(samples: Float32Array): void {
    const all = joinFloats([this.#samples, samples]);
    let at = 0;
    const batch = BATCH * VAD_CHUNK;
    for (; all.length - at >= VAD_CONTEXT + batch; at += batch) {
      this.#hear(all.subarray(at, at + VAD_CONTEXT + batch));
    }
    this.#samples = all.slice(at);
  }

  /** The probabilities of the whole recording [ceil(n / 512)]; the last chunk is filled up with silence. */
  end(): Float32Array<ArrayBuffer> {
    const chunks = Math.ceil((this.#samples.length - VAD_CONTEXT) / VAD_CHUNK);
    const rest = new Float32Array(VAD_CONTEXT + chunks * VAD_CHUNK);
    rest.set(this.#samples);
    this.#samples = new Float32Array(VAD_CONTEXT);
    if (chunks > 0) this.#hear(rest);
    return joinFloats(this.#found);
  }

  /** Hears whole chunks, which have their context before them. */
  #hear(samples: Float32Array): void {
    const chunks = (samples.length - VAD_CONTEXT) / VAD_CHUNK;
    const laid = new Float32Array(chunks * HEARD);
    for (let chunk = 0; chunk < chunks; chunk++) {
      const end = (chunk + 1) * HEARD - VAD_MIRROR;
      const from = chunk * VAD_CHUNK;
      laid.set(samples.subarray(from, from + VAD_CONTEXT + VAD_CHUNK), chunk * HEARD);
      for (let i = 0; i < VAD_MIRROR; i++) laid[end + i] = laid[end - 2 - i];
    }
    const { data, nFrames } = spectrogram(this.#dsp, laid, { ...VAD_FFT, center: false });
    const step = HEARD / VAD_FFT.hopLength;
    const magnitudes = new Float32Array(VAD_FRAMES * VAD_BINS);
    this.#found.push(Float32Array.from({ length: chunks }, (_, chunk) => {
      for (let t = 0; t < VAD_FRAMES; t++) {
        for (let bin = 0; bin < VAD_BINS; bin++) {
          magnitudes[t * VAD_BINS + bin] = data[bin * nFrames + chunk * step + t];
        }
      }
      return this.#network.probability(magnitudes, this.#state);
    }));
  }
}

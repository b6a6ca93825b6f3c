import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError, AudioOptionError } from "./errors.ts";
import {
  type LibrosaMfccOptions,
  type MfccSettings,
  resolveMfccOptions,
  type TextbookMfccOptions,
} from "./mfcc_options.ts";
import { type Mfcc, mfccPlan, type MfccPlanFinder } from "./mfcc_plan.ts";

/** Settings of MFCCs of a stream by librosa's definition. */
export interface LibrosaMfccStreamOptions extends LibrosaMfccOptions {
  /**
   * `Infinity`, and it must be said: any limit depends on the loudest value of the whole clip, which a
   * stream does not know, while {@linkcode mfcc} has a limit of 80 dB unless told otherwise.
   */
  readonly topDb: number;
  /**
   * Zeros beyond the ends: what a reflection adds depends on samples that a stream has not seen.
   * Default: `"constant"`.
   */
  readonly padMode?: "constant";
}

/** Settings of MFCCs of a stream: those of {@linkcode mfcc}, but for a limit of range and a reflection. */
export type MfccStreamOptions = LibrosaMfccStreamOptions | TextbookMfccOptions;

/** MFCCs of consecutive frames of a stream. */
export interface MfccFrames extends Mfcc {
  /** Number of the first of these frames in the clip, from 0. */
  readonly firstFrame: number;
}

/** The most frames computed at once, so that a long push needs no more of the core's memory. */
const MOST_FRAMES = 256;

/**
 * MFCCs of a clip that arrives in parts: {@linkcode push} takes samples and gives the frames that they
 * complete, {@linkcode flush} ends the clip and gives the rest. However the clip is cut, the frames
 * are those of {@linkcode mfcc} with the same options, bit for bit.
 *
 * A frame is given as soon as its last sample is there: with librosa's centred frames, nFft / 2 samples
 * after the sample on which it is centred. Zeros stand before the first sample and, once the clip
 * has ended, after the last one. What is kept of the samples is less than a frame.
 *
 * {@linkcode MfccStream} is the same as a stage of a pipeline of streams.
 *
 * @example
 * ```ts
 * import { joinMfccFrames } from "./join_mfcc_frames.ts";
 * import { loadDsp } from "./load_dsp.ts";
 * import { mfcc } from "./mfcc.ts";
 * import { StreamingMfcc } from "./streaming_mfcc.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const clip = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(0.3 * t));
 * const options = { sampleRate: 8000, topDb: Infinity };
 *
 * const streaming = new StreamingMfcc(dsp, options);
 * const parts = [streaming.push(clip.subarray(0, 3000)), streaming.push(clip.subarray(3000))];
 * parts.push(streaming.flush());
 * assert.deepEqual(parts.map(({ nFrames }) => nFrames), [4, 10, 2]);
 * assert.deepEqual(joinMfccFrames(parts), mfcc(dsp, clip, options));
 * ```
 */
export class StreamingMfcc {
  readonly #dsp: Dsp;
  readonly #settings: MfccSettings;
  readonly #plan: MfccPlanFinder;
  /** Zeros before the clip. */
  readonly #left: number;
  /** Samples that complete a frame; any beyond them weigh nothing. */
  readonly #needed: number;
  /**
   * Holds the samples not done with, from the one before the next frame on: pre-emphasis takes it off
   * the frame's first. It grows to the longest push.
   */
  #buffer: Float32Array<ArrayBuffer>;
  /** How many samples `#buffer` holds. */
  #length = 0;
  /** How many samples to come lie before those that are needed: not 0 only where frames have gaps. */
  #toSkip = 0;
  #samples = 0;
  #frames = 0;

  /**
   * Begins a clip. The core may serve other work between two calls.
   *
   * @throws {AudioOptionError} If an option is impossible, alone or beside the others, `topDb` is not
   * `Infinity`, or `padMode` is not `"constant"`.
   */
  constructor(dsp: Dsp, options: MfccStreamOptions) {
    const settings = resolveMfccOptions(options);
    if (settings.preset === "librosa" && settings.topDb !== Infinity) {
      throw new AudioOptionError(
        "topDb",
        settings.topDb,
        "Infinity, and given as that, in a stream: a limit depends on the loudest value of the whole clip",
      );
    }
    if (settings.preset === "librosa" && settings.center && settings.padMode !== "constant") {
      throw new AudioOptionError("padMode", settings.padMode, `"constant" in a stream`);
    }
    this.#dsp = dsp;
    this.#settings = settings;
    this.#plan = mfccPlan(settings);
    this.#left = settings.preset === "librosa" && settings.center ? settings.nFft / 2 : 0;
    this.#needed = settings.preset === "librosa" ? settings.nFft : settings.winLength;
    this.#buffer = new Float32Array(2 * settings.nFft);
    this.#start();
  }

  /**
   * Takes the next samples of the clip, any number of them, and returns the frames that they complete:
   * often none.
   *
   * @throws {AudioInputError} If one is not a usable number; none of them is then taken.
   */
  push(samples: Float32Array): MfccFrames {
    if (!(samples instanceof Float32Array) || samples.length > 0) {
      checkSamples(samples, this.#samples);
    }
    const gap = Math.min(this.#toSkip, samples.length);
    const length = this.#length + samples.length - gap;
    if (length > this.#buffer.length) {
      const larger = new Float32Array(length);
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(samples.subarray(gap), this.#length);
    const { hopLength } = this.#settings;
    const complete = Math.floor((length - 1 - this.#needed) / hopLength) + 1;
    const frames = this.#compute(length, Math.max(0, complete));

    const done = frames.nFrames * hopLength;
    if (done > 0) this.#buffer.copyWithin(0, done, length);
    this.#length = Math.max(0, length - done);
    this.#toSkip += Math.max(0, done - length) - gap;
    this.#samples += samples.length;
    this.#frames += frames.nFrames;
    return frames;
  }

  /**
   * Ends the clip and returns its last frames. The next push begins another clip.
   *
   * @throws {AudioInputError} If the clip has no samples, or too few for one frame that is not centred.
   */
  flush(): MfccFrames {
    if (this.#samples === 0) {
      throw new AudioInputError("there are no samples: the sound is empty");
    }
    const { preset, hopLength, nFft } = this.#settings;
    // As `mfccFrames` of the core counts them.
    const rest = this.#samples + 2 * this.#left - this.#needed;
    if (preset === "librosa" && rest < 0) {
      const error = `${this.#samples} samples are too few for one frame of ${nFft}`;
      this.#start();
      throw new AudioInputError(`${error}: use a smaller nFft, or center`);
    }
    const hops = preset === "librosa" ? Math.floor(rest / hopLength) : Math.ceil(rest / hopLength);
    const frames = this.#compute(this.#length, Math.max(1, 1 + hops) - this.#frames);
    this.#start();
    return frames;
  }

  /** Forgets all samples. The first frame begins after one zero for pre-emphasis. */
  #start(): void {
    this.#length = 1 + this.#left;
    this.#buffer.fill(0, 0, this.#length);
    this.#toSkip = this.#samples = this.#frames = 0;
  }

  /** The next `nFrames` frames from the first `length` samples of the buffer, zeros after them. */
  #compute(length: number, nFrames: number): MfccFrames {
    const { nMfcc, hopLength, nFft } = this.#settings;
    const data = new Float32Array(nMfcc * nFrames);
    for (let first = 0; first < nFrames; first += MOST_FRAMES) {
      const count = Math.min(MOST_FRAMES, nFrames - first);
      const start = first * hopLength;
      const end = Math.min(length, start + 1 + (count - 1) * hopLength + nFft);
      const part = this.#buffer.subarray(start, end);
      // Of a frame wholly after the end there is not even the sample before it.
      const input = part.length > 0 ? part : new Float32Array(1);
      const plan = this.#plan(this.#dsp);
      const values = this.#dsp.run(input, (wasm, at) => ({
        at: wasm.runMfccPart(plan, at, input.length, count),
        length: nMfcc * count,
      }));
      for (let k = 0; k < nMfcc; k++) {
        data.set(values.subarray(k * count, (k + 1) * count), k * nFrames + first);
      }
    }
    return { data, nMfcc, nFrames, firstFrame: this.#frames };
  }
}

import type { Decoder } from "../media/decoder.ts";
import type { Prediction, TimedPrediction } from "../recognize/prediction.ts";
import type { FrameInput } from "../recognize/clip_input.ts";
import type { PredictionOptions, Recognizer, RecognizerStream } from "../recognize/recognizer.ts";
import type { ReadingPlan } from "./plan_reading.ts";

/** Time between two predictions of a timeline, in seconds. */
const HOP = 0.5;

/** How a clip is predicted. */
export interface PredictClipOptions extends PredictionOptions {
  /**
   * Length of the windows of a timeline, in seconds.
   *
   * @default {no timeline}
   */
  readonly timelineWindow?: number;
  /** Told how many of how many seconds are decoded. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a recogniser says of a clip file. */
export interface ClipPrediction {
  /** Of all of it. */
  readonly whole: Prediction;
  /** Of a window every half second; empty without a timeline. */
  readonly windows: readonly TimedPrediction[];
}

/**
 * Decodes a clip and recognises it. Frames are looked at while they are decoded and are not kept, so that a film of
 * ten minutes needs the memory of one of ten seconds.
 *
 * @throws {MediaError} If the file cannot be decoded.
 * @throws {InputError} If nothing of it can be used.
 */
export async function predictClip(
  recognizer: Recognizer,
  decoder: Decoder,
  plan: ReadingPlan,
  { timelineWindow: windowSeconds, onProgress, ...asked }: PredictClipOptions = {},
): Promise<ClipPrediction> {
  const { path, picture, sampleRate, seconds, most, missing } = plan;
  const timeline = windowSeconds === undefined
    ? undefined
    : new Timeline(recognizer.stream({ ...asked, windowSeconds, hopSeconds: HOP }));
  try {
    // Pictures of a timeline need the sound of their time, and a decoder gives all sound at its end.
    const heard = timeline && picture && sampleRate
      ? await decoder.decode(path, { picture: false, sampleRate, seconds: most })
      : undefined;
    const pieces = picture && recognizer.pieces(picture, asked);
    timeline?.hear(heard?.samples, sampleRate);
    const decoded = await decoder.decode(path, {
      ...picture,
      sampleRate,
      sound: sampleRate !== undefined && heard === undefined,
      picture: picture !== undefined,
      seconds: most,
      onFrames: pieces && ((frames, n) => {
        pieces.push(frames);
        timeline?.see({ data: frames, n, ...picture! });
      }),
      onProgress: onProgress && ((done) => onProgress(Math.min(done, seconds), seconds)),
    });
    const { samples } = heard ?? decoded;
    const rest = {
      ...(sampleRate === undefined ? {} : { samples, sampleRate }),
      warnings: [...heard?.warnings ?? [], ...decoded.warnings],
      missing,
    };
    if (!heard) timeline?.hear(samples, sampleRate);
    return {
      whole: pieces ? pieces.predict(rest) : recognizer.predict(rest, asked),
      windows: timeline?.end() ?? [],
    };
  } finally {
    timeline?.dispose();
  }
}

/** Feeds a stream with sound and frames of the same time. */
class Timeline {
  readonly #stream: RecognizerStream;
  readonly #windows: TimedPrediction[] = [];
  #samples: Float32Array = new Float32Array(0);
  #sampleRate = 0;
  /** Samples pushed so far. */
  #pushed = 0;
  /** Frames pushed so far. */
  #frames = 0;

  constructor(stream: RecognizerStream) {
    this.#stream = stream;
  }

  /** Takes all the sound: before the frames, where there are any. */
  hear(samples: Float32Array | undefined, sampleRate: number | undefined): void {
    if (!samples || !sampleRate) return;
    this.#samples = samples;
    this.#sampleRate = sampleRate;
  }

  /** Takes the next frames, which end with the sound that is pushed beside them. */
  see(frames: FrameInput): void {
    const time = this.#frames / frames.fps;
    this.#frames += frames.n;
    this.#push(time, this.#frames / frames.fps, frames);
  }

  /** Takes the sound that is left, and gives all predictions. */
  end(): TimedPrediction[] {
    if (this.#pushed < this.#samples.length) {
      this.#push(this.#pushed / this.#sampleRate, Infinity);
    }
    return [...this.#windows, ...this.#stream.end()];
  }

  dispose(): void {
    this.#stream.dispose();
  }

  #push(time: number, until: number, frames?: FrameInput): void {
    const to = Math.min(this.#samples.length, Math.round(until * this.#sampleRate));
    const sound = to > this.#pushed
      ? { samples: this.#samples.subarray(this.#pushed, to), sampleRate: this.#sampleRate }
      : {};
    this.#pushed = Math.max(this.#pushed, to);
    this.#windows.push(...this.#stream.push({ time, ...sound, ...frames && { frames } }));
  }
}

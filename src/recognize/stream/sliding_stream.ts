import { INPUT_LIMITS } from "../check_input.ts";
import type { Speaker } from "../enrol/speaker.ts";
import { InputError } from "../input_error.ts";
import { conclude, judgeWindow, type Senses } from "../judge.ts";
import type { TimedPrediction } from "../prediction.ts";
import type { RecognizerStream, SeenFaces, StreamChunk, StreamOptions } from "../recognizer.ts";
import { SightBuffer } from "./sight_buffer.ts";
import { SoundBuffer } from "./sound_buffer.ts";

/** A modality that stays behind the other by this, in seconds, is not waited for. */
const PATIENCE = 1;

/** Times that differ by less are the same, in seconds. */
const SAME = 1e-6;

/** The longest gap, in seconds. */
const MOST_GAP = 60;

/** How a stream goes. */
export interface StreamSettings
  extends Required<Omit<StreamOptions, "enrolment" | "missing">>, Pick<StreamOptions, "missing"> {
  /** What is known of the person in it. */
  readonly speaker: Speaker;
}

/** Predictions over a sliding window of a recording that arrives in pieces. */
export class SlidingStream implements RecognizerStream {
  readonly #senses: Senses;
  readonly #window: number;
  readonly #hop: number;
  readonly #minConfidence: number;
  readonly #speaker: Speaker;
  readonly #missing: StreamOptions["missing"];
  readonly #needAlive: () => void;
  #origin: number | undefined;
  #sound: SoundBuffer | undefined;
  #sight: SightBuffer | undefined;
  /** Windows given so far. */
  #given = 0;
  #state: "open" | "ended" | "disposed" = "open";

  /**
   * Starts a stream; `needAlive` throws where the recogniser was disposed.
   *
   * @throws {InputError} If an option is out of range.
   */
  constructor(
    senses: Senses,
    { windowSeconds, hopSeconds, minConfidence, speaker, missing }: StreamSettings,
    needAlive: () => void,
  ) {
    for (const [name, value] of Object.entries({ windowSeconds, hopSeconds })) {
      const [least, most] = INPUT_LIMITS[name as "windowSeconds" | "hopSeconds"];
      if (!(value >= least && value <= most)) {
        throw new InputError(
          `${name} is ${value}; allowed: a number of seconds from ${least} to ${most}`,
        );
      }
    }
    this.#senses = senses;
    this.#window = windowSeconds;
    this.#hop = hopSeconds;
    this.#minConfidence = minConfidence;
    this.#speaker = speaker;
    this.#missing = missing;
    this.#needAlive = needAlive;
  }

  /** Takes a chunk and gives the predictions that became due. */
  push({ time, samples, sampleRate, frames }: StreamChunk): TimedPrediction[] {
    this.#needOpen();
    if (!Number.isFinite(time)) {
      throw new InputError(`time is ${time}; allowed: a number of seconds`);
    }
    const reach = Math.max(...this.#reaches());
    if (reach > -Infinity && time > reach + MOST_GAP) {
      throw new InputError(
        `the chunk at ${time} s comes more than ${MOST_GAP} s after ${reach} s, where the one ` +
          "before it ends: start another stream",
      );
    }
    if (this.#origin === undefined) {
      const origin = time;
      this.#origin = origin;
      this.#sound = this.#senses.listener && new SoundBuffer(this.#senses.listener, origin);
      this.#sight = this.#senses.watcher &&
        new SightBuffer(this.#senses.watcher, this.#window, (at) => this.#endAfter(at));
    }
    if (samples) this.#sound?.push(time, samples, sampleRate);
    if (frames) this.#sight?.push(time, frames);
    const out: TimedPrediction[] = [];
    while (this.#isDue(this.#start() + this.#window)) out.push(this.#give());
    return out;
  }

  /** Gives what is left. */
  end(): TimedPrediction[] {
    this.#needOpen();
    this.#state = "ended";
    this.#sound?.end();
    const reach = Math.max(...this.#reaches());
    const out: TimedPrediction[] = [];
    if (this.#origin === undefined || reach === -Infinity) return out;
    while (this.#start() + this.#window <= reach + SAME) out.push(this.#give());
    const last = this.#given === 0 ? -Infinity : this.#start() - this.#hop + this.#window;
    if (reach > last + SAME && reach > this.#start() + SAME) out.push(this.#give(reach));
    return out;
  }

  /** What the last look for faces found. */
  seen(): SeenFaces | undefined {
    return this.#sight?.seen;
  }

  /** The predictions of a whole source, then of its end. */
  async *from(source: AsyncIterable<StreamChunk>): AsyncGenerator<TimedPrediction> {
    for await (const chunk of source) yield* this.push(chunk);
    yield* this.end();
  }

  /** Forgets what was pushed. */
  dispose(): void {
    this.#state = "disposed";
    this.#sound = undefined;
    this.#sight = undefined;
  }

  /** Start of the next window. */
  #start(): number {
    return this.#origin! + this.#given * this.#hop;
  }

  /** The first end of a window after `time`. */
  #endAfter(time: number): number {
    const first = this.#origin! + this.#window;
    const number = Math.floor((time - first + SAME) / this.#hop) + 1;
    return first + Math.max(0, number) * this.#hop;
  }

  /** The times that the modalities have reached which the stream has shown so far. */
  #reaches(): number[] {
    return [this.#sound?.reach, this.#sight?.reach].filter((reach) => reach !== undefined);
  }

  #isDue(end: number): boolean {
    const reaches = this.#reaches();
    if (reaches.length === 0) return false;
    return Math.min(...reaches) >= end - SAME || Math.max(...reaches) >= end + PATIENCE;
  }

  /** Judges the next window, which ends at `end`. */
  #give(end: number = this.#start() + this.#window): TimedPrediction {
    const start = this.#start();
    const content = {
      sound: this.#sound?.cut(start, end),
      sight: this.#sight?.cut(start, end),
    };
    const verdict = judgeWindow(this.#senses, content, this.#speaker);
    this.#given++;
    this.#sound?.forget(this.#start());
    this.#sight?.forget(this.#start());
    const options = { minConfidence: this.#minConfidence, missing: this.#missing };
    return { ...conclude(this.#senses, [verdict], options), start, end };
  }

  #needOpen(): void {
    this.#needAlive();
    if (this.#state !== "open") {
      throw new InputError(`this stream was ${this.#state}: start another one`);
    }
  }
}

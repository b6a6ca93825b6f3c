import type { ClipInput } from "../recognize/clip_input.ts";
import type { Enrolment } from "../recognize/enrol/enrolment.ts";
import { InputError } from "../recognize/input_error.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../recognize/prediction.ts";
import type { PredictionOptions, Recognizer, StreamOptions } from "../recognize/recognizer.ts";
import { readClip } from "./input/read_clip.ts";
import type { ServeLimits } from "./limits.ts";
import { Problem } from "./problem.ts";
import type { ClipSource, Runner } from "./runner.ts";
import { streamClip } from "./stream_clip.ts";

/**
 * Reads and predicts clips right here, in the thread of whoever asks: for runtimes without workers, and
 * for what runs inside one. Its time-out can only be noticed between two predictions of a stream.
 */
export class InlineRunner implements Runner {
  readonly #recognizer: Recognizer;
  readonly #limits: ServeLimits;

  /** Takes the model, and the limits of what is read. */
  constructor(recognizer: Recognizer, limits: ServeLimits) {
    this.#recognizer = recognizer;
    this.#limits = limits;
  }

  /** The card of the model. */
  get card(): ModelCard {
    return this.#recognizer.card;
  }

  /**
   * Predicts a whole clip.
   *
   * @throws {Problem} 4xx for what is wrong with the clip.
   */
  predict(
    source: ClipSource,
    _signal?: AbortSignal,
    options?: PredictionOptions,
  ): Promise<Prediction> {
    return new Promise((resolve) => {
      resolve(this.#refusing(() => this.#recognizer.predict(this.#clip(source), options)));
    });
  }

  /**
   * What a clip says of the person in it.
   *
   * @throws {Problem} 4xx for what is wrong with the clip or the former enrolment.
   */
  enrol(source: ClipSource, former?: Enrolment): Promise<Enrolment> {
    return new Promise((resolve) => {
      resolve(this.#refusing(() => this.#recognizer.enrol([this.#clip(source)], former)));
    });
  }

  /**
   * Predicts along a clip.
   *
   * @throws {Problem} 4xx for what is wrong with the clip.
   */
  async *stream(
    source: ClipSource,
    options: StreamOptions,
  ): AsyncGenerator<TimedPrediction, void> {
    const clip = this.#refusing(() => this.#clip(source));
    const predictions = streamClip(this.#recognizer, clip, options);
    try {
      for (;;) {
        const { done, value } = this.#refusing(() => predictions.next());
        if (done) return;
        yield value;
        // Lets others in between: a prediction keeps the thread busy.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    } finally {
      predictions.return();
    }
  }

  #clip(source: ClipSource): ClipInput {
    return "clip" in source ? source.clip : readClip(source.upload, this.card, this.#limits);
  }

  /** Turns what the recogniser refuses into the problem that it is for the client. */
  #refusing<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof InputError) throw new Problem(422, error.message, { cause: error });
      throw error;
    }
  }
}

import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { ModelCard } from "../../src/recognize/model_card.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";
import type { StreamChunk, StreamOptions } from "../../src/recognize/recognizer.ts";
import type { AnswerMessage, CallMessage, Calls } from "./messages.ts";
import { ownBuffers } from "./own_buffers.ts";

/** Thrown when the worker of a {@linkcode WorkerRecognizer} refuses a call or has ended. */
export class WorkerRecognizerError extends Error {
  /** Makes an error that carries the name of the worker's own, such as `InputError`. */
  constructor(message: string, readonly reason: string) {
    super(message);
    this.name = "WorkerRecognizerError";
  }
}

/**
 * A recogniser in a Web Worker, so that a page stays responsive while it computes. What it is given is
 * copied to the worker and goes nowhere else.
 */
export class WorkerRecognizer {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #card: ModelCard | undefined;
  #calls = 0;
  #ended: WorkerRecognizerError | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<AnswerMessage>) => this.#receive(data);
    worker.onerror = (event) => this.#end(event.message || "its script cannot be loaded");
    worker.onmessageerror = () => this.#end("an answer cannot be read");
  }

  /**
   * Starts a worker and loads a model into it.
   *
   * @param model Where a GET answers with the bundle, or the bundle itself.
   * @param worker The worker's script; default: `recognizer_worker.js` beside this module.
   * @throws {WorkerRecognizerError} If the bundle cannot be fetched or is none, or WebAssembly does not start.
   */
  static async load(
    model: URL | Uint8Array,
    worker: URL = new URL("./recognizer_worker.js", import.meta.url),
  ): Promise<WorkerRecognizer> {
    const recognizer = new WorkerRecognizer(new Worker(worker, { type: "module" }));
    try {
      recognizer.#card = await recognizer.#call(
        "load",
        model instanceof URL ? { url: model.href } : { bytes: model },
      );
      return recognizer;
    } catch (error) {
      recognizer.dispose();
      throw error;
    }
  }

  /** What the bundle says of itself. */
  get card(): ModelCard {
    return this.#card!;
  }

  /** Predicts one clip. */
  predict(clip: ClipInput): Promise<Prediction> {
    return this.#call("predict", ownBuffers(clip));
  }

  /** Begins a stream; an earlier one is given up. */
  async open(options: StreamOptions = {}): Promise<void> {
    await this.#call("open", options);
  }

  /** Continues the stream: the predictions that became due. */
  push(chunk: StreamChunk): Promise<TimedPrediction[]> {
    return this.#call("push", ownBuffers(chunk));
  }

  /** Ends the stream: what is left of it. */
  end(): Promise<TimedPrediction[]> {
    return this.#call("end", null);
  }

  /** Ends the worker; every call that still waits, and any later one, fails. */
  dispose(): void {
    this.#end("it was disposed");
  }

  #call<Name extends keyof Calls>(
    call: Name,
    argument: Calls[Name][0],
  ): Promise<Calls[Name][1]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#calls;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    this.#worker.postMessage({ id, call, argument } satisfies CallMessage<Name>);
    return answer.promise as Promise<Calls[Name][1]>;
  }

  #receive(message: AnswerMessage): void {
    const answer = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ("error" in message) {
      answer?.reject(new WorkerRecognizerError(message.error.message, message.error.name));
    } else answer?.resolve(message.value);
  }

  #end(why: string): void {
    this.#ended ??= new WorkerRecognizerError(`the recogniser's worker ended: ${why}`, "Error");
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

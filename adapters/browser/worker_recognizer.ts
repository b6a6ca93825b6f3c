import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { Enrolment } from "../../src/recognize/enrol/enrolment.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { PredictedPart } from "../../src/predict/clip_file.ts";
import type { FacePrediction } from "../../src/predict/faces/face_streams.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import type { PredictionOptions, StreamChunk } from "../../src/recognize/recognizer.ts";
import { webWorkerHandle } from "../../src/runtime/calls/web_worker.ts";
import { CallError, WorkerCaller } from "../../src/runtime/calls/worker_caller.ts";
import type { Calls, SeenNow, WorkerStreamOptions } from "./calls.ts";
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
  readonly #worker: WorkerCaller<Calls>;
  #card: ModelCard | undefined;

  private constructor(worker: Worker) {
    this.#worker = new WorkerCaller(webWorkerHandle(worker), (reason) => this.#end(reason));
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
  predict(clip: ClipInput, options: PredictionOptions = {}): Promise<Prediction> {
    return this.#call("predict", { clip: ownBuffers(clip), options });
  }

  /** Gets to know a person by clips without labels; `former` is what is known of the same person already. */
  enrol(clips: readonly ClipInput[], former?: Enrolment): Promise<Enrolment> {
    return this.#call("enrol", { clips: clips.map(ownBuffers), former });
  }

  /** Checks what was read, such as from a file, and gives it as an enrolment of this model. */
  checkEnrolment(value: unknown): Promise<Enrolment> {
    return this.#call("checkEnrolment", value);
  }

  /**
   * Predicts each of several faces of a clip by itself, and its voice; nothing where there are not several. Faces are
   * followed by the clip's frames, which therefore need to be there.
   */
  predictFaces(clip: ClipInput, options: PredictionOptions = {}): Promise<PredictedPart[]> {
    return this.#call("predictFaces", { clip: ownBuffers(clip), options });
  }

  /** The faces that the stream's last look found. */
  faces(): Promise<SeenNow> {
    return this.#call("faces", null);
  }

  /** Begins a stream; an earlier one is given up. */
  async open(options: WorkerStreamOptions = {}): Promise<void> {
    await this.#call("open", options);
  }

  /** Continues the stream: the predictions that became due. */
  push(chunk: StreamChunk): Promise<FacePrediction[]> {
    return this.#call("push", ownBuffers(chunk));
  }

  /** Ends the stream: what is left of it. */
  end(): Promise<FacePrediction[]> {
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
    return this.#worker.call(call, argument).catch((error) => {
      if (!(error instanceof CallError)) throw error;
      throw new WorkerRecognizerError(error.message, error.original);
    });
  }

  #end(why: string): void {
    this.#worker.end(
      new WorkerRecognizerError(`the recogniser's worker ended: ${why}`, "Error"),
    );
  }
}

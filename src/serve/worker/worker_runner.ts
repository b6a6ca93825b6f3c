import { BundleError } from "../../recognize/bundle_error.ts";
import type { ModelCard } from "../../recognize/model_card.ts";
import type { Prediction, TimedPrediction } from "../../recognize/prediction.ts";
import type { StreamOptions } from "../../recognize/recognizer.ts";
import { type Deferred, deferred } from "../deferred.ts";
import type { ServeLimits } from "../limits.ts";
import { Problem } from "../problem.ts";
import type { ClipSource, Runner } from "../runner.ts";
import { withSignal } from "../with_signal.ts";
import { buffersOf } from "./buffers_of.ts";
import type { WorkerAnswer, WorkerHandle, WorkerRequest } from "./messages.ts";

/** How a {@linkcode WorkerRunner} works. */
export interface WorkerRunnerOptions {
  /** Starts a worker that answers as `servePredictions` does. */
  readonly spawn: () => WorkerHandle;
  /** The model's bundle; each worker gets a copy. */
  readonly bundle: Uint8Array;
  /** Limits of what is read; as many workers run as clips are worked on at once. */
  readonly limits: ServeLimits;
}

const STOPPED = "the server was stopped";

/** A worker with the model in it, or on its way there. */
interface Member {
  readonly worker: WorkerHandle;
  /** Settles when the model is loaded. */
  readonly loaded: Promise<ModelCard>;
  isLoaded: boolean;
  /** What waits for the worker's next answer. */
  pending?: { resolve(answer: WorkerAnswer): void; reject(error: Error): void };
  ended?: Error;
}

/**
 * Reads and predicts clips in workers, so that the thread that listens stays free. A worker that crashes
 * or does not end in time is terminated and replaced; the others go on.
 */
export class WorkerRunner implements Runner {
  readonly #options: WorkerRunnerOptions;
  readonly #idle: Member[] = [];
  readonly #all = new Set<Member>();
  readonly #waiting: Deferred<Member>[] = [];
  #card!: ModelCard;
  #replaced = 0;
  #closed = false;

  private constructor(options: WorkerRunnerOptions) {
    this.#options = options;
  }

  /**
   * Starts the workers and loads the model into each.
   *
   * @throws {BundleError} If the bundle cannot be used.
   */
  static async start(options: WorkerRunnerOptions): Promise<WorkerRunner> {
    const runner = new WorkerRunner(options);
    for (let i = 0; i < options.limits.concurrency; i++) runner.#add();
    try {
      [runner.#card] = await Promise.all([...runner.#all].map(({ loaded }) => loaded));
    } catch (error) {
      runner.close();
      throw error;
    }
    return runner;
  }

  /** The card of the model. */
  get card(): ModelCard {
    return this.#card;
  }

  /** How many workers were replaced so far. */
  get replaced(): number {
    return this.#replaced;
  }

  /**
   * Predicts a whole clip.
   *
   * @throws {Problem} 4xx for what is wrong with the clip.
   * @throws The signal's reason if it aborts; the worker is then replaced.
   */
  async predict(source: ClipSource, signal: AbortSignal): Promise<Prediction> {
    const member = await this.#take(signal);
    try {
      const answer = await this.#ask(member, { kind: "predict", source }, signal);
      return (answer as Extract<WorkerAnswer, { kind: "prediction" }>).prediction;
    } finally {
      this.#give(member);
    }
  }

  /**
   * Predicts along a clip; holds a worker until the end, or until the caller stops.
   *
   * @throws {Problem} 4xx for what is wrong with the clip.
   * @throws The signal's reason if it aborts; the worker is then replaced.
   */
  async *stream(
    source: ClipSource,
    options: StreamOptions,
    signal: AbortSignal,
  ): AsyncGenerator<TimedPrediction, void> {
    const member = await this.#take(signal);
    try {
      await this.#ask(member, { kind: "open", source, options }, signal);
      for (;;) {
        const answer = await this.#ask(member, { kind: "next" }, signal);
        const { prediction } = answer as Extract<WorkerAnswer, { kind: "next" }>;
        if (prediction === undefined) return;
        yield prediction;
      }
    } finally {
      if (!member.ended) member.worker.post({ kind: "drop" }, []);
      this.#give(member);
    }
  }

  /** Ends all workers. What they are doing fails. */
  close(): void {
    this.#closed = true;
    for (const member of this.#all) this.#end(member, STOPPED);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(STOPPED));
    this.#idle.length = 0;
  }

  #add(): void {
    const worker = this.#options.spawn();
    const ready = deferred<ModelCard>();
    const member: Member = { worker, loaded: ready.promise, isLoaded: false };
    // Who waits for this worker hears of a failure; where nobody does, it must not end the program.
    ready.promise.then(() => member.isLoaded = true, () => {});
    this.#all.add(member);
    worker.onEnd((reason) => this.#end(member, `a prediction worker stopped: ${reason}`));
    worker.listen((answer) => {
      const { pending } = member;
      member.pending = undefined;
      pending?.resolve(answer);
    });
    const { bundle, limits } = this.#options;
    this.#post(member, { kind: "load", bundle, limits }, [])
      .then((answer) => ready.resolve((answer as { card: ModelCard }).card), ready.reject);
    this.#limitLoading(member);
    this.#give(member);
  }

  /** A worker that takes the place of another has as long to load the model as for a prediction. */
  #limitLoading(member: Member): void {
    if (this.#card === undefined) return;
    const late = () => this.#end(member, "its model was not loaded in time");
    const timer = setTimeout(late, this.#options.limits.timeoutSeconds * 1000);
    const stop = () => clearTimeout(timer);
    member.loaded.then(stop, stop);
  }

  /** Takes a free worker, or waits for one, and for the model in it. */
  async #take(signal: AbortSignal): Promise<Member> {
    signal.throwIfAborted();
    if (this.#closed) throw new Error(STOPPED);
    const { concurrency } = this.#options.limits;
    if (this.#idle.length === 0 && this.#all.size < concurrency) this.#add();
    const member = this.#idle.shift() ?? await this.#wait(signal);
    try {
      await withSignal(member.loaded, signal);
      return member;
    } catch (error) {
      // Whoever gives up does not stop the loading: the next one needs the model too.
      if (signal.aborted) this.#give(member);
      else this.#end(member, "its model was not loaded");
      throw error;
    }
  }

  async #wait(signal: AbortSignal): Promise<Member> {
    const waiting = deferred<Member>();
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    this.#waiting.push(waiting);
    try {
      return await waiting.promise;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  #give(member: Member): void {
    if (member.ended) return;
    const next = this.#waiting.shift();
    if (next) next.resolve(member);
    else this.#idle.push(member);
  }

  async #ask(member: Member, request: WorkerRequest, signal: AbortSignal): Promise<WorkerAnswer> {
    const transfer = "source" in request ? buffersOf(request.source) : [];
    return await this.#until(member, this.#post(member, request, transfer), signal);
  }

  /** Waits for `work` of a worker; if `signal` aborts first, the worker is ended. */
  #until<T>(member: Member, work: Promise<T>, signal: AbortSignal): Promise<T> {
    return withSignal(work, signal, () => this.#end(member, "it was given up"));
  }

  /** Posts a request and gives its answer; what failed is thrown. */
  async #post(
    member: Member,
    request: WorkerRequest,
    transfer: ArrayBuffer[],
  ): Promise<WorkerAnswer> {
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      if (member.ended) return reject(member.ended);
      member.pending = { resolve, reject };
      member.worker.post(request, transfer);
    });
    if (answer.kind !== "failed") return answer;
    if (answer.status !== undefined) throw new Problem(answer.status, answer.message);
    if (answer.name === "BundleError") throw new BundleError(answer.message);
    const error = new Error(answer.message);
    error.name = answer.name;
    throw error;
  }

  #end(member: Member, reason: string): void {
    if (member.ended) return;
    member.ended = new Error(reason);
    member.worker.terminate();
    this.#all.delete(member);
    const idle = this.#idle.indexOf(member);
    if (idle >= 0) this.#idle.splice(idle, 1);
    member.pending?.reject(member.ended);
    if (this.#closed || this.#card === undefined) return;
    this.#replaced++;
    // One that could not even load is replaced only when somebody asks: no endless replacing.
    if (member.isLoaded || this.#waiting.length > 0) this.#add();
  }
}

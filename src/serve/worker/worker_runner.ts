import { BundleError } from "../../recognize/bundle/bundle_error.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import type { Enrolment } from "../../recognize/enrol/enrolment.ts";
import type { Prediction, TimedPrediction } from "../../recognize/prediction.ts";
import type { PredictionOptions, StreamOptions } from "../../recognize/recognizer.ts";
import type { WorkerHandle } from "../../runtime/calls/port.ts";
import { CallError, WorkerCaller } from "../../runtime/calls/worker_caller.ts";
import { type Deferred, deferred } from "../deferred.ts";
import type { ServeLimits } from "../limits.ts";
import { Problem } from "../problem.ts";
import type { ClipSource, Runner } from "../runner.ts";
import { withSignal } from "../with_signal.ts";
import { buffersOf } from "./buffers_of.ts";
import type { PredictCalls, PredictFailure } from "./predict_calls.ts";

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
  readonly worker: WorkerCaller<PredictCalls>;
  /** Settles when the model is loaded. */
  readonly loaded: Promise<ModelCard>;
  isLoaded: boolean;
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
  async predict(
    source: ClipSource,
    signal: AbortSignal,
    options: PredictionOptions = {},
  ): Promise<Prediction> {
    return await this.#askOnce("predict", { source, options }, signal);
  }

  /**
   * Enrols a person by a clip.
   *
   * @throws {Problem} 4xx for what is wrong with the clip or the former enrolment.
   * @throws The signal's reason if it aborts; the worker is then replaced.
   */
  async enrol(
    source: ClipSource,
    former: Enrolment | undefined,
    signal: AbortSignal,
  ): Promise<Enrolment> {
    return await this.#askOnce("enrol", { source, former }, signal);
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
      await this.#ask(member, "open", { source, options }, signal, buffersOf(source));
      for (;;) {
        const prediction = await this.#ask(member, "next", null, signal);
        if (prediction === undefined) return;
        yield prediction;
      }
    } finally {
      // Nobody waits for it: a worker that cannot even do that fails at what it is asked next.
      member.worker.call("drop", null).catch(() => {});
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
    const worker = new WorkerCaller<PredictCalls>(
      this.#options.spawn(),
      (reason) => this.#end(member, `a prediction worker stopped: ${reason}`),
    );
    const { bundle, limits } = this.#options;
    const loaded = worker.call("load", { bundle, limits }).catch(asThrown);
    const member: Member = { worker, loaded, isLoaded: false };
    // Who waits for this worker hears of a failure; where nobody does, it must not end the program.
    loaded.then(() => member.isLoaded = true, () => {});
    this.#all.add(member);
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
    if (member.worker.ended) return;
    const next = this.#waiting.shift();
    if (next) next.resolve(member);
    else this.#idle.push(member);
  }

  /** Takes a worker for one call on a clip. */
  async #askOnce<Name extends "predict" | "enrol">(
    call: Name,
    argument: PredictCalls[Name][0],
    signal: AbortSignal,
  ): Promise<PredictCalls[Name][1]> {
    const member = await this.#take(signal);
    try {
      return await this.#ask(member, call, argument, signal, buffersOf(argument.source));
    } finally {
      this.#give(member);
    }
  }

  /** Calls a worker; if `signal` aborts first, the worker is ended. */
  #ask<Name extends keyof PredictCalls>(
    member: Member,
    call: Name,
    argument: PredictCalls[Name][0],
    signal: AbortSignal,
    transfer: ArrayBuffer[] = [],
  ): Promise<PredictCalls[Name][1]> {
    const work = member.worker.call(call, argument, { transfer }).catch(asThrown);
    return withSignal(work, signal, () => this.#end(member, "it was given up"));
  }

  #end(member: Member, reason: string): void {
    if (member.worker.ended) return;
    member.worker.end(new Error(reason));
    this.#all.delete(member);
    const idle = this.#idle.indexOf(member);
    if (idle >= 0) this.#idle.splice(idle, 1);
    if (this.#closed || this.#card === undefined) return;
    this.#replaced++;
    // One that could not even load is replaced only when somebody asks: no endless replacing.
    if (member.isLoaded || this.#waiting.length > 0) this.#add();
  }
}

/** Throws what a worker threw, as the class that it was. */
function asThrown(error: unknown): never {
  if (!(error instanceof CallError)) throw error;
  const status = (error.detail as PredictFailure | undefined)?.status;
  if (status !== undefined) throw new Problem(status, error.message);
  if (error.original === "BundleError") throw new BundleError(error.message);
  const thrown = new Error(error.message);
  thrown.name = error.original;
  throw thrown;
}

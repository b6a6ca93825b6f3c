import type { AnswerMessage, CallFailure, CallTable } from "./messages.ts";
import type { WorkerHandle } from "./port.ts";

/** Thrown for a call that failed in its worker, or that could not be posted to it. */
export class CallError extends Error {
  /** The error's class name. */
  override readonly name = "CallError";
  /** Class name of the error in the worker. */
  readonly original: string;
  /** What else the worker said of it. */
  readonly detail: unknown;

  /** Takes the failure over. */
  constructor({ name, message, detail }: CallFailure, options?: ErrorOptions) {
    super(message, options);
    this.original = name;
    this.detail = detail;
  }
}

/** Settings of {@linkcode WorkerCaller.call}. */
export interface CallOptions<Report> {
  /**
   * Buffers in the argument that are handed over instead of copied.
   *
   * @default {[]}
   */
  readonly transfer?: ArrayBuffer[];
  /** Called with what is reported on the way. */
  readonly onReport?: (report: Report) => void;
}

interface Waiting {
  readonly onReport?: (report: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Calls what a worker answers with `answerCalls`: it does one call after the other, in the order in which
 * they came.
 *
 * @example
 * ```ts ignore
 * const caller = new WorkerCaller<{ double: [number, number] }>(webWorkerHandle(worker), (reason) => {
 *   caller.end(new Error(`the worker stopped: ${reason}`));
 * });
 * const four = await caller.call("double", 2);
 * ```
 */
export class WorkerCaller<Calls extends CallTable<Calls>> {
  readonly #worker: WorkerHandle;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended: Error | undefined;

  /**
   * Takes a worker over that was just started.
   *
   * @param onEnd Called when it ended by itself, with the reason; it should call {@linkcode end}.
   */
  constructor(worker: WorkerHandle, onEnd: (reason: string) => void) {
    this.#worker = worker;
    worker.listen((answer) => this.#receive(answer));
    worker.onEnd(onEnd);
  }

  /** Why it was ended, if it was. */
  get ended(): Error | undefined {
    return this.#ended;
  }

  /**
   * Makes one call.
   *
   * @throws {CallError} If it fails in the worker, or its argument cannot be posted.
   * @throws What {@linkcode end} was given, if the worker ends first.
   */
  call<Name extends keyof Calls & string>(
    name: Name,
    argument: Calls[Name][0],
    { transfer = [], onReport }: CallOptions<Calls[Name][2]> = {},
  ): Promise<Calls[Name][1]> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = ++this.#calls;
      this.#waiting.set(id, { onReport, resolve, reject });
      try {
        this.#worker.post({ id, call: name, argument }, transfer);
      } catch (cause) {
        // A buffer that was handed over before, or a function: the caller's fault, not the worker's.
        this.#waiting.delete(id);
        reject(new CallError(cause as Error, { cause }));
      }
    });
  }

  /** Ends the worker. Calls that wait, and later ones, fail with `error`; a second end changes nothing. */
  end(error: Error): void {
    if (this.#ended) return;
    this.#ended = error;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #receive(message: AnswerMessage): void {
    const waiting = this.#waiting.get(message.id);
    if ("report" in message) return waiting?.onReport?.(message.report);
    this.#waiting.delete(message.id);
    if ("error" in message) waiting?.reject(new CallError(message.error));
    else waiting?.resolve(message.value);
  }
}

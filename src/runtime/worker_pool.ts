/** Settings of a {@linkcode WorkerPool}. */
export interface WorkerPoolOptions<Init> {
  /** The module that each worker runs; it answers as {@linkcode serveJobs} does. */
  readonly script: URL;
  /** What the workers do, for messages: "embedding". */
  readonly purpose: string;
  /** What each worker is told once, before its first job. */
  readonly init: Init;
  /** What the workers may do. A permission that is not listed is not granted. */
  readonly permissions: Deno.PermissionOptionsObject;
  /**
   * How many workers run at once.
   *
   * @default {1}
   */
  readonly workers?: number;
}

/** Thrown for a job that failed in its worker, or whose worker stopped. */
export class WorkerJobError extends Error {
  /** The error's class name. */
  override readonly name = "WorkerJobError";
  /** Class name of the error in the worker, or undefined where the worker itself stopped. */
  readonly original: string | undefined;

  /** Takes the message and the class name of the error in the worker. */
  constructor(message: string, original?: string, options?: ErrorOptions) {
    super(message, options);
    this.original = original;
  }
}

/** A pool's message to its worker. */
export type WorkerRequest<Init, Job> =
  | { readonly init: Init }
  | { readonly job: Job };

/** A worker's answer to a job, or what it reports before that. */
export type WorkerAnswer<Result, Report = never> =
  | { readonly report: Report }
  | { readonly result: Result }
  | { readonly error: { readonly name: string; readonly message: string } };

/** Settings of {@linkcode WorkerPool.run}. */
export interface RunJobOptions<Report> {
  /**
   * Buffers in the job that are handed over instead of copied.
   *
   * @default {[]}
   */
  readonly transfer?: Transferable[];
  /** Called with what the job reports on the way. */
  readonly onReport?: (report: Report) => void;
}

interface Waiting<Job, Result, Report> extends RunJobOptions<Report> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

const NONE: Required<Deno.PermissionOptionsObject> = {
  env: false,
  ffi: false,
  import: false,
  net: false,
  read: false,
  run: false,
  sys: false,
  write: false,
};

/**
 * A few workers that run the same script, each on one job at a time, in the order in which the jobs
 * came. Workers start when there is work for them and stay until {@linkcode WorkerPool.close}; one
 * that stops by an uncaught error fails its job and is replaced for the next.
 */
export class WorkerPool<Init, Job, Result, Report = never> implements Disposable {
  readonly #options: WorkerPoolOptions<Init>;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting<Job, Result, Report>>();
  readonly #queue: Waiting<Job, Result, Report>[] = [];
  #closed = false;

  /**
   * Prepares a pool; no worker starts yet.
   *
   * @throws {RangeError} If the number of workers is not a positive integer.
   */
  constructor(options: WorkerPoolOptions<Init>) {
    const { workers = 1 } = options;
    if (!Number.isSafeInteger(workers) || workers < 1) {
      throw new RangeError(`the number of workers must be a positive integer, got ${workers}`);
    }
    this.#options = options;
    this.#size = workers;
  }

  /**
   * Runs one job.
   *
   * @throws {WorkerJobError} If the job fails, its worker stops, or the pool is closed.
   */
  run(job: Job, options: RunJobOptions<Report> = {}): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    if (this.#closed) reject(this.#closedError());
    else {
      this.#queue.push({ ...options, job, resolve, reject });
      this.#dispatch();
    }
    return promise;
  }

  /** Stops every worker. Jobs that are waiting or under way fail. */
  close(): void {
    this.#closed = true;
    for (const worker of [...this.#idle, ...this.#busy.keys()]) worker.terminate();
    for (const { reject } of [...this.#busy.values(), ...this.#queue]) reject(this.#closedError());
    this.#idle.length = 0;
    this.#busy.clear();
    this.#queue.length = 0;
  }

  /** Closes the pool at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  #closedError(): WorkerJobError {
    return new WorkerJobError(`the pool of ${this.#options.purpose} workers is closed`);
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ??
        (this.#busy.size < this.#size ? this.#start() : undefined);
      if (worker === undefined) return;
      const waiting = this.#queue.shift()!;
      this.#busy.set(worker, waiting);
      try {
        worker.postMessage(
          { job: waiting.job } satisfies WorkerRequest<Init, Job>,
          waiting.transfer ?? [],
        );
      } catch (cause) {
        // A job that cannot be posted (a buffer handed over before, a function) is the caller's fault.
        this.#busy.delete(worker);
        this.#idle.push(worker);
        waiting.reject(
          new WorkerJobError((cause as Error).message, (cause as Error).name, { cause }),
        );
      }
    }
  }

  #start(): Worker {
    const { script, permissions, init, purpose } = this.#options;
    const worker = new Worker(script.href, {
      type: "module",
      name: purpose,
      deno: { permissions: { ...NONE, ...permissions } },
    });
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer<Result, Report>>) => {
      const waiting = this.#busy.get(worker);
      if ("report" in data) {
        waiting?.onReport?.(data.report);
        return;
      }
      this.#busy.delete(worker);
      this.#idle.push(worker);
      if ("result" in data) waiting?.resolve(data.result);
      else waiting?.reject(new WorkerJobError(data.error.message, data.error.name));
      this.#dispatch();
    };
    worker.onerror = (event) => {
      // Without this the error would end the whole program.
      event.preventDefault();
      this.#drop(worker, event.message);
    };
    worker.onmessageerror = () => this.#drop(worker, "its answer could not be read");
    worker.postMessage({ init } satisfies WorkerRequest<Init, Job>);
    return worker;
  }

  #drop(worker: Worker, reason: string): void {
    const waiting = this.#busy.get(worker);
    worker.terminate();
    this.#busy.delete(worker);
    const idle = this.#idle.indexOf(worker);
    if (idle >= 0) this.#idle.splice(idle, 1);
    waiting?.reject(
      new WorkerJobError(`the ${this.#options.purpose} worker stopped: ${reason}`),
    );
    this.#dispatch();
  }
}

import { CallError, type CallOptions, WorkerCaller } from "./calls/worker_caller.ts";
import { spawnWorker, type WorkerPermissions } from "./workers/spawn_worker.ts";

/** Settings of a {@linkcode WorkerPool}. */
export interface WorkerPoolOptions<Init> {
  /** The module that each worker runs; it answers as {@linkcode serveJobs} does. */
  readonly script: URL;
  /** What the workers do, for messages: "embedding". */
  readonly purpose: string;
  /** What each worker is told once, before its first job. */
  readonly init: Init;
  /** What the workers may do. A permission that is not listed is not granted. */
  readonly permissions: WorkerPermissions;
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

/** What a pool asks of its worker: to note what it is told once, and to do a job. */
export interface PoolCalls<Init, Job, Result, Report = never> {
  /** Tells the worker what all jobs share; comes first. */
  readonly init: [Init, null];
  /** Does a job, and may report on the way. */
  readonly job: [Job, Result, Report];
}

interface Waiting<Job, Result, Report> {
  readonly job: Job;
  readonly options: CallOptions<Report>;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A few workers that run the same script, each on one job at a time, in the order in which the jobs
 * came. Workers start when there is work for them and stay until {@linkcode WorkerPool.close}; one
 * that stops by an uncaught error fails its job and is replaced for the next.
 */
export class WorkerPool<Init, Job, Result, Report = never> implements Disposable {
  readonly #options: WorkerPoolOptions<Init>;
  readonly #size: number;
  readonly #idle: WorkerCaller<PoolCalls<Init, Job, Result, Report>>[] = [];
  readonly #busy = new Set<WorkerCaller<PoolCalls<Init, Job, Result, Report>>>();
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
  run(job: Job, options: CallOptions<Report> = {}): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    if (this.#closed) reject(this.#closedError());
    else {
      this.#queue.push({ job, options, resolve, reject });
      this.#dispatch();
    }
    return promise;
  }

  /** Stops every worker. Jobs that are waiting or under way fail. */
  close(): void {
    this.#closed = true;
    for (const worker of [...this.#idle, ...this.#busy]) worker.end(this.#closedError());
    for (const { reject } of this.#queue) reject(this.#closedError());
    this.#idle.length = 0;
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
      this.#busy.add(worker);
      this.#work(worker, this.#queue.shift()!);
    }
  }

  async #work(
    worker: WorkerCaller<PoolCalls<Init, Job, Result, Report>>,
    { job, options, resolve, reject }: Waiting<Job, Result, Report>,
  ): Promise<void> {
    try {
      resolve(await worker.call("job", job, options));
    } catch (error) {
      reject(
        error instanceof CallError
          ? new WorkerJobError(error.message, error.original, { cause: error.cause })
          : error,
      );
    }
    this.#busy.delete(worker);
    if (!worker.ended) this.#idle.push(worker);
    this.#dispatch();
  }

  #start(): WorkerCaller<PoolCalls<Init, Job, Result, Report>> {
    const { script, permissions, init, purpose } = this.#options;
    const caller = new WorkerCaller<PoolCalls<Init, Job, Result, Report>>(
      spawnWorker(script, purpose, permissions),
      (reason) => this.#drop(caller, reason),
    );
    caller.call("init", init).catch((error) => this.#drop(caller, error.message));
    return caller;
  }

  /** Gives a worker up: its job fails, and another takes its place when there is work for it. */
  #drop(worker: WorkerCaller<PoolCalls<Init, Job, Result, Report>>, reason: string): void {
    worker.end(new WorkerJobError(`the ${this.#options.purpose} worker stopped: ${reason}`));
    const idle = this.#idle.indexOf(worker);
    if (idle >= 0) this.#idle.splice(idle, 1);
  }
}

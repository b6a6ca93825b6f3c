import type { WorkerAnswer, WorkerRequest } from "./worker_pool.ts";

/** What a job's work gives back: the result and the buffers in it that are handed over. */
export interface Served<Result> {
  /** The result. */
  readonly result: Result;
  /** Buffers of the result that are moved instead of copied. */
  readonly transfer: Transferable[];
}

/** The part of a worker's global scope that {@linkcode serveJobs} uses. */
export interface WorkerScope<Init, Job, Result> {
  /** Called with every message of the pool. */
  onmessage: ((event: MessageEvent<WorkerRequest<Init, Job>>) => void) | null;
  /** Answers. */
  postMessage(answer: WorkerAnswer<Result>, transfer: Transferable[]): void;
}

/**
 * The worker's side of a `WorkerPool`: `prepare` is called with the pool's `init` before the first job
 * and gives the function that does the jobs. Errors of either go back to the job's caller, with their
 * class name and message; after a failed `prepare` every job tries it again.
 */
export function serveJobs<Init, Job, Result>(
  scope: WorkerScope<Init, Job, Result>,
  prepare: (init: Init) => Promise<(job: Job) => Promise<Served<Result>>>,
): void {
  let init: Init;
  let work: ((job: Job) => Promise<Served<Result>>) | undefined;
  scope.onmessage = async ({ data }) => {
    if ("init" in data) {
      init = data.init;
      return;
    }
    try {
      work ??= await prepare(init);
      const { result, transfer } = await work(data.job);
      scope.postMessage({ result }, transfer);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      scope.postMessage({ error: { name, message } }, []);
    }
  };
}

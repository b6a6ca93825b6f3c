import type { WorkerAnswer, WorkerRequest } from "./worker_pool.ts";

/** What a job's work gives back: the result and the buffers in it that are handed over. */
export interface Served<Result> {
  /** The result. */
  readonly result: Result;
  /** Buffers of the result that are moved instead of copied. */
  readonly transfer: Transferable[];
}

/** Does one job; may report on the way. */
export type JobWork<Job, Result, Report = never> = (
  job: Job,
  report: (report: Report) => void,
) => Promise<Served<Result>>;

/** The part of a worker's global scope that {@linkcode serveJobs} uses. */
export interface WorkerScope<Init, Job, Result, Report = never> {
  /** Called with every message of the pool. */
  onmessage: ((event: MessageEvent<WorkerRequest<Init, Job>>) => void) | null;
  /** Answers. */
  postMessage(answer: WorkerAnswer<Result, Report>, transfer: Transferable[]): void;
}

/**
 * The worker's side of a `WorkerPool`: `prepare` is called with the pool's `init` before the first job
 * and gives the function that does the jobs. Errors of either go back to the job's caller, with their
 * class name and message; after a failed `prepare` every job tries it again. What a job's work passes to
 * `report` reaches the caller while the job goes on.
 */
export function serveJobs<Init, Job, Result, Report = never>(
  scope: WorkerScope<Init, Job, Result, Report>,
  prepare: (init: Init) => Promise<JobWork<Job, Result, Report>>,
): void {
  let init: Init;
  let work: JobWork<Job, Result, Report> | undefined;
  const report = (report: Report) => scope.postMessage({ report }, []);
  scope.onmessage = async ({ data }) => {
    if ("init" in data) {
      init = data.init;
      return;
    }
    try {
      work ??= await prepare(init);
      const { result, transfer } = await work(data.job, report);
      scope.postMessage({ result }, transfer);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      scope.postMessage({ error: { name, message } }, []);
    }
  };
}

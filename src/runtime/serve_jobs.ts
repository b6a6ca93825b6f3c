import { answerCalls } from "./calls/answer_calls.ts";
import { workerPort } from "./workers/worker_port.ts";
import type { PoolCalls } from "./worker_pool.ts";

/** What a job's work gives back: the result and the buffers in it that are handed over. */
export interface Served<Result> {
  /** The result, as plain data that can be posted. */
  readonly result: Result;
  /** Buffers of the result that are moved instead of copied. */
  readonly transfer: ArrayBuffer[];
}

/** Does one job; may report on the way. */
export type JobWork<Job, Result, Report = never> = (
  job: Job,
  report: (report: Report) => void,
) => Promise<Served<Result>>;

/**
 * The worker's side of a `WorkerPool`: `prepare` is called with the pool's `init` before the first job
 * and gives the function that does the jobs. Errors of either go back to the job's caller, with their
 * class name and message; after a failed `prepare` every job tries it again. What a job's work passes to
 * `report` reaches the caller while the job goes on.
 */
export function serveJobs<Init, Job, Result, Report = never>(
  prepare: (init: Init) => Promise<JobWork<Job, Result, Report>>,
): void {
  let init: Init;
  let work: JobWork<Job, Result, Report> | undefined;
  answerCalls<PoolCalls<Init, Job, Result, Report>>(workerPort(), {
    init(given) {
      init = given;
      return null;
    },
    async job(job, { report, handOver }) {
      work ??= await prepare(init);
      const { result, transfer } = await work(job, report);
      transfer.forEach(handOver);
      return result;
    },
  });
}

import { dirname } from "node:path";
import { wasmFolders } from "../../nn/wasm_folders.ts";
import { WorkerPool } from "../../runtime/worker_pool.ts";
import { foldSteps } from "./evaluate_fold.ts";
import type { FoldJob } from "./fold.ts";
import type { FoldResult } from "./fold_result.ts";

/**
 * Evaluates the folds, up to `workers` of them side by side, each with its own tfjs. A worker may
 * read the store's entries it needs and the WebAssembly, and read and write the models' folder, nothing else;
 * this thread stays free for progress and signals. The rows do not depend on `workers`.
 */
export async function evaluateFolds(
  jobs: readonly FoldJob[],
  workers: number,
  onProgress?: (done: number, total: number, what: string) => void,
): Promise<FoldResult[]> {
  const total = jobs.reduce((sum, job) => sum + foldSteps(job), 0);
  let started = 0;
  const announcer = (job: FoldJob) => (what: string) =>
    onProgress?.(started++, total, jobs.length > 1 ? `${job.name}: ${what}` : what);
  using pool = new WorkerPool<null, FoldJob, FoldResult, string>({
    script: new URL("./fold_worker.ts", import.meta.url),
    purpose: "fold",
    init: null,
    workers: Math.min(workers, jobs.length),
    permissions: {
      read: [
        ...wasmFolders(),
        // Making a folder asks whether it is there.
        jobs[0].modelsDir,
        ...new Set(jobs.flatMap(({ video }) => video?.files.map(dirname) ?? [])),
      ],
      write: [jobs[0].modelsDir],
    },
  });
  const folds = await Promise.all(jobs.map((job) => pool.run(job, { onReport: announcer(job) })));
  onProgress?.(total, total, "");
  return folds;
}

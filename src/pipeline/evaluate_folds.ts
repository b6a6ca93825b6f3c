import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../nn/backend.ts";
import { WorkerPool } from "../runtime/worker_pool.ts";
import { evaluateFold, foldSteps } from "./evaluate_fold.ts";
import type { FoldJob, FoldRow } from "./fold.ts";

/** What evaluating a fold gave. */
export interface FoldResult {
  /** The fold's rows. */
  readonly rows: FoldRow[];
  /** Name of the tfjs backend that its networks were trained on. */
  readonly tfjsBackend: string;
}

/**
 * Evaluates the folds, up to `workers` of them side by side, each with its own tfjs. A worker may
 * read the store's entries it needs and the WebAssembly, and write the models' folder, nothing else.
 * One fold alone runs in this thread. The rows do not depend on `workers`.
 */
export async function evaluateFolds(
  jobs: readonly FoldJob[],
  workers: number,
  onProgress?: (done: number, total: number, what: string) => void,
): Promise<{ rows: FoldRow[][]; tfjsBackend: string }> {
  const total = jobs.reduce((sum, job) => sum + foldSteps(job), 0);
  let started = 0;
  const announcer = (job: FoldJob) => (what: string) =>
    onProgress?.(started++, total, jobs.length > 1 ? `${job.name}: ${what}` : what);
  const rows = workers === 1 || jobs.length === 1
    ? await here(jobs, announcer)
    : await inWorkers(jobs, workers, announcer);
  onProgress?.(total, total, "");
  return { rows: rows.map(({ rows }) => rows), tfjsBackend: rows[0].tfjsBackend };
}

async function here(
  jobs: readonly FoldJob[],
  announcer: (job: FoldJob) => (what: string) => void,
): Promise<FoldResult[]> {
  await initBackend();
  const rows: FoldResult[] = [];
  for (const job of jobs) {
    rows.push({ rows: evaluateFold(job, announcer(job)), tfjsBackend: tf.getBackend() });
    // Lets the terminal and signals be served between folds.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return rows;
}

async function inWorkers(
  jobs: readonly FoldJob[],
  workers: number,
  announcer: (job: FoldJob) => (what: string) => void,
): Promise<FoldResult[]> {
  using pool = new WorkerPool<null, FoldJob, FoldResult, string>({
    script: new URL("./fold_worker.ts", import.meta.url),
    purpose: "fold",
    init: null,
    workers: Math.min(workers, jobs.length),
    permissions: {
      read: [
        dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm"))),
        fileURLToPath(new URL("../../build", import.meta.url)),
        ...new Set(jobs.flatMap(({ video }) => video?.files.map(dirname) ?? [])),
      ],
      write: [jobs[0].modelsDir],
    },
  });
  return await Promise.all(
    jobs.map((job) => pool.run(job, { onReport: announcer(job) })),
  );
}

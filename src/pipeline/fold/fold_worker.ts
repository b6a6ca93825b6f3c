/**
 * The script of one fold worker: its own tfjs, one fold at a time.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../nn/backend.ts";
import { serveJobs } from "../../runtime/serve_jobs.ts";
import { evaluateFold } from "./evaluate_fold.ts";
import type { FoldJob } from "./fold.ts";
import type { FoldResult } from "./fold_result.ts";

serveJobs<null, FoldJob, FoldResult, string>(
  async () => {
    await initBackend();
    return (job, report) =>
      Promise.resolve({
        result: { ...evaluateFold(job, report), tfjsBackend: tf.getBackend() },
        transfer: [],
      });
  },
);

import { FoldSamples } from "../../evaluate/fold_samples.ts";
import type { FitLedger } from "../../evaluate/fit_ledger.ts";
import { SampleTable } from "../../evaluate/sample_table.ts";
import { Matrix } from "../../numeric/matrix.ts";
import type { FeatureTable } from "./feature_table.ts";
import type { FoldJob } from "./fold.ts";
import { FrameTable } from "./frame_table.ts";

/** What a fold's features are made of, behind what keeps account of learning from it. */
export interface FoldData {
  /** Labels, groups and speakers of the samples, behind the ledger. */
  readonly samples: FoldSamples;
  /** Their frame embeddings, where a face network is used. */
  readonly frames: FrameTable | undefined;
  /** Features that need no fitting; undefined where the job has none of that name. */
  given(name: string): FeatureTable | undefined;
}

/** Puts the data of a job behind `ledger`: from here on it can be learned from through it alone. */
export function openFoldData(job: FoldJob, ledger: FitLedger): FoldData {
  const samples = new FoldSamples(job.name, job, ledger);
  return {
    samples,
    frames: job.video && new FrameTable(samples, job.video),
    given(name) {
      if (!Object.hasOwn(job.features, name)) return undefined;
      const { width, channels, blocks, times, mirrored, data } = job.features[name];
      const table = new SampleTable(samples, new Matrix(samples.all.length, width, data));
      return { table, channels, blocks, times, mirrored };
    },
  };
}

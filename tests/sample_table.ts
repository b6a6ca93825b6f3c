import { FitLedger } from "../src/evaluate/fit_ledger.ts";
import { FoldSamples } from "../src/evaluate/fold_samples.ts";
import { SampleTable } from "../src/evaluate/sample_table.ts";
import type { SampleFacts } from "../src/evaluate/training_set.ts";
import type { Matrix } from "../src/numeric/matrix.ts";

/** A table of `x` [samples, numbers] in a fold of its own, and the ledger of what is fitted to it. */
export function tableOf(
  x: Matrix,
  facts: Partial<SampleFacts> = {},
): { table: SampleTable; samples: FoldSamples; ledger: FitLedger } {
  const ledger = new FitLedger();
  const each = Array.from({ length: x.rows }, (_, i) => i);
  const samples = new FoldSamples("fold-1", {
    labels: Int32Array.from(each, (i) => i % 2),
    nClasses: 2,
    groups: each.map((i) => `take ${i}`),
    speakers: each.map((i) => `speaker ${i}`),
    ...facts,
  }, ledger);
  return { table: new SampleTable(samples, x), samples, ledger };
}

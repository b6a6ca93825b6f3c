import assert from "node:assert/strict";
import { FACE } from "../../src/features/face.ts";
import { FitLedger } from "../../src/evaluate/fit_ledger.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { fitFaceHead } from "../../src/pipeline/fold/fits/fit_face_head.ts";
import type { FoldJob } from "../../src/pipeline/fold/fold.ts";
import { openFoldData } from "../../src/pipeline/fold/fold_data.ts";
import { syntheticFold } from "./synthetic_fold.ts";

async function withFold(work: (fold: FoldJob) => void): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await initBackend();
    work(syntheticFold(dir));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The weights of a head fitted to the training samples, their features, and what the fit read. */
function fitHead(job: FoldJob) {
  const ledger = new FitLedger();
  const { frames } = openFoldData(job, ledger);
  const head = frames!.learn(
    { name: "face head", kind: "head" },
    job.train,
    (set) => fitFaceHead(set, 1),
  );
  const features = frames!.compute(FACE, head.network).table.publish();
  head.network.dispose();
  return { state: head.state, features, fits: ledger.records };
}

Deno.test("a head learns from the frames of its training set, and gives features of all samples", () =>
  withFold((job) => {
    const { state, features, fits } = fitHead(job);
    assert.deepEqual([features.rows, features.cols], [16, 4 * 21]);
    assert.equal(state.settings.epochs, 20);
    assert.deepEqual(fits.map(({ fittedOn, usesLabels }) => [fittedOn, usesLabels]), [
      [job.train, true],
    ]);
    // Samples beyond the training set have no part in it, whatever their labels.
    const labels = job.labels.map((label, i) => job.train.includes(i) ? label : 1 - label);
    assert.deepEqual(fitHead({ ...job, labels }).state.tensors, state.tensors);
  }));

Deno.test("a clip's last frame stands for those that it lacks", () =>
  withFold((job) => {
    // Sample 0 has one frame less than wanted.
    const row = fitHead(job).features.row(0);
    assert.deepEqual(row.subarray(3 * 21), row.subarray(2 * 21, 3 * 21));
  }));

import assert from "node:assert/strict";
import type { EvaluatedRun } from "../../src/pipeline/run/evaluate_run.ts";
import { makeReportData } from "../../src/pipeline/run/make_report_data.ts";
import type { PreparedRun } from "../../src/pipeline/run/prepare_run.ts";
import type { RunLock } from "../../src/pipeline/run/run_lock.ts";
import { RAVDESS as RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";

/** What a run of `n` samples with one feature set, whose first column is the sample's number, is described by. */
function describe(n: number) {
  const data = Float32Array.from({ length: 2 * n }, (_, i) => i % 2 === 0 ? i / 2 : (i * 7) % 5);
  const samples = Array.from({ length: n }, (_, i) => ({
    sample: { id: `clip-${i}`, speaker: `${i % 12}`, label: i % 3 ? "sad" : "happy" },
  }));
  return makeReportData(
    {
      config: { seed: 1 },
      places: { out: "out" },
      found: { corpus: RAVDESS },
      samples,
      classes: ["happy", "sad"],
    } as unknown as PreparedRun,
    { jobs: [{ features: { ramp: { width: 2, data } } }], folds: [] } as unknown as EvaluatedRun,
    { code: {}, places: {}, clips: {} } as unknown as RunLock,
  );
}

Deno.test("makeReportData() maps every sample of a few hundred", () => {
  const { mapped, maps } = describe(60);
  assert.equal(mapped, undefined);
  assert.deepEqual(maps.map(({ method, points }) => [method, points.length]), [
    ["pca", 60],
    ["umap", 60],
  ]);
});

Deno.test("makeReportData() maps two thousand of many samples, each at its own place", () => {
  const { mapped, maps, mapSamples } = describe(2600);
  assert.equal(mapSamples.length, 2600);
  assert.equal(new Set(mapped).size, 2000);
  assert.ok(mapped!.every((i, at) => i < 2600 && (at === 0 || i > mapped![at - 1])));
  const [{ points }] = maps;
  assert.equal(points.length, 2000);
  // The first column grows with the sample's number: so does where it lies along the ramp, but for the second column.
  const along = (axis: 0 | 1) => Math.abs(points[1999][axis] - points[0][axis]);
  assert.ok(Math.max(along(0), along(1)) > 2);
});

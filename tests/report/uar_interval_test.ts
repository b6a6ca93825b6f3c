import assert from "node:assert/strict";
import { MIN_CLUSTERS, uarInterval } from "../../src/report/uar_interval.ts";
import { fakeRun } from "./fake_run.ts";

const [{ test }] = fakeRun({ actors: MIN_CLUSTERS, emotions: 2 }).results.rows;

Deno.test("uarInterval() gives the bootstrap's interval of enough speakers", () => {
  assert.equal(test.nClusters, MIN_CLUSTERS);
  assert.equal(uarInterval(test), test.uarCi95);
});

Deno.test("uarInterval() gives none of few speakers, of one, or of a row that is always right", () => {
  assert.equal(uarInterval({ ...test, nClusters: MIN_CLUSTERS - 1 }), undefined);
  assert.equal(uarInterval({ ...test, nClusters: 1, uarCi95: null }), undefined);
  assert.equal(uarInterval({ ...test, uar: 1, uarCi95: [1, 1] }), undefined);
});

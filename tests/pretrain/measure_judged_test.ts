import assert from "node:assert/strict";
import { measureJudged } from "../../src/pretrain/measure_judged.ts";

Deno.test("measureJudged() counts right answers, and those of the surer half", () => {
  const judged = [
    { truth: 0, speaker: "ann", probabilities: [0.9, 0.1] },
    { truth: 1, speaker: "bob", probabilities: [0.2, 0.8] },
    { truth: 0, speaker: "ann", probabilities: [0.4, 0.6] },
    { truth: 1, speaker: "bob", probabilities: [0.55, 0.45] },
  ];
  const { metrics, surestHalf } = measureJudged(judged, 2);
  assert.deepEqual([metrics.n, metrics.nClusters, metrics.uar, surestHalf], [4, 2, 0.5, 1]);
  assert.deepEqual(metrics.confusion, [[1, 1], [1, 1]]);
});

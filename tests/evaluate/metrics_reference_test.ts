import assert from "node:assert/strict";
import { accuracy } from "../../src/evaluate/accuracy.ts";
import { clusterBootstrap } from "../../src/evaluate/cluster_bootstrap.ts";
import { ClusterResamples } from "../../src/evaluate/cluster_resamples.ts";
import { compareRows } from "../../src/evaluate/compare_rows.ts";
import { confusionMatrix } from "../../src/evaluate/confusion_matrix.ts";
import { COUNT_STATISTICS } from "../../src/evaluate/count_statistics.ts";
import { expectedCalibrationError } from "../../src/evaluate/expected_calibration_error.ts";
import { holm } from "../../src/evaluate/holm.ts";
import { logLoss } from "../../src/evaluate/log_loss.ts";
import { macroF1 } from "../../src/evaluate/macro_f1.ts";
import { majorityBaseline } from "../../src/evaluate/majority_baseline.ts";
import { mcnemarExact } from "../../src/evaluate/mcnemar_exact.ts";
import { pairedBootstrap } from "../../src/evaluate/paired_bootstrap.ts";
import { precisionRecall } from "../../src/evaluate/precision_recall.ts";
import { rocAucOvr } from "../../src/evaluate/roc_auc_ovr.ts";
import { sampleHits } from "../../src/evaluate/sample_hits.ts";
import { summariseRow } from "../../src/evaluate/summarise_row.ts";
import { uar } from "../../src/evaluate/uar.ts";
import { wilsonInterval } from "../../src/evaluate/wilson_interval.ts";
import { assertClose } from "./assert_close.ts";
import { METRICS_CASES, metricsFixture, testsFixture } from "./metrics_fixture.ts";

const NAMES = ["accuracy", "uar", "macroF1"] as const;

for (const name of METRICS_CASES) {
  const fixture = metricsFixture(name);
  const { truth, predicted, other, probabilities, nClasses, clusters } = fixture;
  const single = Float32Array.from(probabilities);

  Deno.test(`scores of predictions are scikit-learn's: ${name}`, () => {
    assertClose(accuracy(truth, predicted), fixture.accuracy, "accuracy");
    assertClose(uar(truth, predicted, nClasses), fixture.uar, "UAR");
    assertClose(macroF1(truth, predicted, nClasses), fixture.macroF1, "macro F1");
    assert.deepEqual(confusionMatrix(truth, predicted, nClasses), fixture.confusion);
    const scores = precisionRecall(truth, predicted, nClasses);
    for (const field of ["precision", "recall", "f1", "support"] as const) {
      assertClose(scores.map((score) => score[field]), fixture[field], field);
    }
  });

  Deno.test(`scores of probabilities are scikit-learn's: ${name}`, () => {
    assertClose(logLoss(truth, probabilities, nClasses), fixture.logLoss, "log loss");
    assertClose(logLoss(truth, single, nClasses), fixture.logLossSingle, "log loss, single");
    assertClose(expectedCalibrationError(truth, probabilities, nClasses), fixture.ece, "ECE");
    assertClose(
      expectedCalibrationError(truth, single, nClasses),
      fixture.eceSingle,
      "ECE, single",
    );
    for (const numbers of [probabilities, single]) {
      const { macro, perClass, leftOut } = rocAucOvr(truth, numbers, nClasses);
      assertClose(macro, fixture.auc, "AUC");
      assertClose(perClass, fixture.aucPerClass, "AUC of classes");
      assert.deepEqual(leftOut, [...perClass.keys()].filter((c) => perClass[c] === null));
    }
  });

  Deno.test(`the bootstrap gives NumPy's intervals on the same draws: ${name}`, () => {
    const { seed, resamples, firstDraw } = fixture.bootstrap;
    const { draws, nClusters } = new ClusterResamples(clusters, { seed, resamples });
    assert.deepEqual([...draws.slice(0, nClusters)], firstDraw);
    for (const statistic of NAMES) {
      const reference = fixture.bootstrap[statistic];
      const score = COUNT_STATISTICS[statistic];
      const options = { seed, resamples };
      const interval = clusterBootstrap(truth, predicted, nClasses, clusters, score, options);
      const paired = pairedBootstrap(truth, predicted, other, nClasses, clusters, score, options);
      assertClose(paired.difference, reference.difference, `difference of ${statistic}`);
      if (nClusters === 1) {
        assert.deepEqual([interval, paired.ci95, paired.p], [null, null, null]);
      } else {
        assertClose(interval, reference.ci95, statistic);
        assertClose(paired.ci95, reference.differenceCi95, `interval of ${statistic}`);
        assertClose(paired.p, reference.p, `p of ${statistic}`);
      }
    }
  });

  Deno.test(`summariseRow() puts the references together: ${name}`, () => {
    const { seed, resamples } = fixture.bootstrap;
    const row = summariseRow(truth, predicted, single, nClasses, clusters, { seed, resamples });
    assert.equal(row.n, truth.length);
    assert.equal(row.nClusters, new Set(clusters).size);
    assertClose(row.ci95, fixture.wilson, "Wilson");
    const intervals = [row.clusteredCi95, row.uarCi95, row.macroF1Ci95];
    NAMES.forEach((statistic, k) => {
      assertClose(row[statistic], fixture[statistic], statistic);
      const expected = row.nClusters === 1 ? null : fixture.bootstrap[statistic].ci95;
      assertClose(intervals[k], expected, `interval of ${statistic}`);
    });
    assertClose(row.logLoss, fixture.logLossSingle, "log loss");
    assertClose(row.ece, fixture.eceSingle, "ECE");
    assertClose(row.auc, fixture.auc, "AUC");
    assertClose(row.perClass.map(({ auc }) => auc), fixture.aucPerClass, "AUC of classes");
    assertClose(row.perClass.map(({ recall }) => recall), fixture.recall, "recall");
    assert.deepEqual(row.confusion, fixture.confusion);
    assert.deepEqual(JSON.parse(JSON.stringify(row)), row);
  });

  Deno.test(`compareRows() puts the references together: ${name}`, () => {
    const { seed, resamples, uar: reference } = fixture.bootstrap;
    const rows = [{ predicted: other, baseline: true }, { predicted }];
    const [comparison, best] = compareRows(truth, rows, nClasses, clusters, { seed, resamples });
    assert.equal(best, undefined);
    assert.equal(comparison?.with, 1);
    assertClose(comparison.difference, -reference.difference, "difference");
    assertClose(comparison.mcnemarP, fixture.mcnemarP, "McNemar");
    assertClose(comparison.holmP, fixture.mcnemarP, "McNemar, one comparison");
    const [low, high] = reference.differenceCi95;
    const isAlone = new Set(clusters).size === 1;
    assertClose(comparison.differenceCi95, isAlone ? null : [-high, -low], "interval");
    assertClose(comparison.bootstrapP, isAlone ? null : reference.p, "bootstrap p");
    assertClose(comparison.holmBootstrapP, comparison.bootstrapP, "bootstrap p, one comparison");
  });

  Deno.test(`hits are counted as statsmodels' McNemar table: ${name}`, () => {
    const hits = sampleHits(truth, predicted), others = sampleHits(truth, other);
    assert.equal(hits.filter((hit, k) => hit > others[k]).length, fixture.onlyPredicted);
    assert.equal(hits.filter((hit, k) => hit < others[k]).length, fixture.onlyOther);
  });

  Deno.test(`majorityBaseline() is scikit-learn's DummyClassifier: ${name}`, () => {
    const { majority } = fixture;
    const fold = { train: Int32Array.from(majority.train), test: truth };
    const row = majorityBaseline([fold], nClasses, clusters);
    assert.deepEqual([...new Set(row.predicted)], [majority.predicted]);
    assertClose(row.train.accuracy, majority.trainAccuracy, "training accuracy");
    assertClose(row.test.accuracy, majority.accuracy, "accuracy");
    // The shares are rounded to single precision.
    assert(Math.abs(row.test.logLoss - majority.logLoss) < 1e-6);
  });
}

Deno.test("mcnemarExact() gives statsmodels' p, of a million samples too", () => {
  for (const { onlyFirst, onlySecond, p } of testsFixture().mcnemar) {
    const actual = mcnemarExact(onlyFirst, onlySecond);
    const bound = 1e-9 * p;
    assert(Math.abs(actual - p) <= bound, `${onlyFirst}, ${onlySecond}: ${actual} instead of ${p}`);
  }
});

Deno.test("holm() gives statsmodels' adjusted p", () => {
  for (const { p, adjusted } of testsFixture().holm) assertClose(holm(p), adjusted, `${p}`);
});

Deno.test("wilsonInterval() gives statsmodels' interval", () => {
  for (const { correct, n, ci95 } of testsFixture().wilson) {
    assertClose(wilsonInterval(correct, n), ci95, `${correct} of ${n}`);
  }
});

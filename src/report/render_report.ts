import type { ReportData } from "../pipeline/run/report_data.ts";
import type { Predictions, Results } from "../pipeline/run/results.ts";
import { bySpeaker } from "./html/across/by_speaker.ts";
import { confusions } from "./html/confusion.ts";
import { corpusMatrix } from "./html/across/corpus_matrix.ts";
import { corpusSection } from "./html/corpus.ts";
import { trainingCurves } from "./html/curves.ts";
import { dotPlot } from "./html/dot_plot.ts";
import { featureMaps } from "./html/feature_maps.ts";
import { groupSection } from "./html/across/groups.ts";
import { glossary } from "./html/glossary.ts";
import { leakList } from "./html/leaks.ts";
import { metricsTable } from "./html/metrics_table.ts";
import { missingSection } from "./html/missing.ts";
import { renderPage } from "./html/page.ts";
import { protocols } from "./html/protocols.ts";
import { recallByModality } from "./html/recall_by_modality.ts";
import { repeat } from "./html/repeat.ts";
import { riskAgainstCoverage } from "./html/risk_coverage.ts";
import { summary } from "./html/summary.ts";
import { timings } from "./html/timings.ts";
import { viewRun } from "./run_view.ts";
import { tellRecipes } from "./tell_recipes.ts";

/**
 * A run as one self-contained HTML page: what holds, how sure it is, and what was luck or leak. The page
 * has no script and loads nothing; drawings are SVG with its colours, so that they follow the reader's
 * light or dark scheme. The same input gives the same page.
 *
 * @param results Content of `results.json`.
 * @param predictions Content of `predictions.json`.
 * @param report Content of `report.json`; without it curves, maps, times and the command are left out.
 * @param also Results of the same models under other protocols, to stand beside.
 */
export function renderReport(
  results: Results,
  predictions: Predictions,
  report?: ReportData,
  also: readonly Results[] = [],
): string {
  const [told, ...others] = tellRecipes([results, ...also]);
  const view = viewRun(told, predictions);
  const { protocol } = results.config;
  return renderPage({
    title: `Emofuse report: ${protocol}, ${results.corpus.samples} samples`,
    head: summary(view, report),
    sections: [
      dotPlot(view),
      corpusMatrix(view),
      leakList(view),
      protocols(told, others),
      recallByModality(view),
      confusions(view),
      riskAgainstCoverage(view),
      missingSection(view),
      groupSection(view),
      report ? bySpeaker(view, report) : null,
      report ? trainingCurves(report) : null,
      report ? featureMaps(report, view.emotions, results.corpus.words) : null,
      corpusSection(results, report),
      report ? timings(report) : null,
      metricsTable(view),
      repeat(results, report),
      glossary(),
    ].filter((section) => section !== null),
    foot: "Made by Emofuse. This page holds no script and loads nothing.",
  });
}

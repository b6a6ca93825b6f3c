/**
 * UAR of strangers against the number of their unlabelled clips that are enrolled:
 * `deno run -P=train bench/enrolment/main.ts --data DIR [--landmarks DIR] [--ear FILE] [--choose]`.
 *
 * @module
 */

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { openStore } from "../../src/pipeline/store/open_store.ts";
import { findInputs } from "../../src/pipeline/run/find_inputs.ts";
import { prepareRun } from "../../src/pipeline/run/prepare_run.ts";
import { StageClock } from "../../src/pipeline/run/stage_clock.ts";
import { PRIOR_CLIPS } from "../../src/recognize/enrol/speaker.ts";
import { fitTable } from "../../src/terminal/fit_table.ts";
import { COUNTS, enrolmentCurve } from "./enrolment_curve.ts";

const { values: flags } = parseArgs({
  options: {
    data: { type: "string" },
    landmarks: { type: "string" },
    ear: { type: "string" },
    folds: { type: "string", default: "6" },
    draws: { type: "string", default: "5" },
    choose: { type: "boolean", default: false },
  },
});
if (flags.data === undefined) throw new Error("--data is missing: the folder of a corpus");
const plan = {
  recipe: "statistics",
  normalisation: "train",
  model: "logistic-regression",
} as const;
const config: RunConfig = {
  ...DEFAULT_CONFIG,
  protocol: "speaker-independent",
  folds: Number(flags.folds),
  recipes: [plan],
  modality: flags.landmarks ? "av" : "audio",
  ...(flags.landmarks ? { backbone: "landmarks", landmarks: "files" } : {}),
};
const store = resolve(".emofuse/store");
const inputs = await findInputs(config, {
  data: resolve(flags.data),
  out: "",
  store,
  workers: 1,
  ...(flags.landmarks ? { landmarks: resolve(flags.landmarks) } : {}),
  ...(flags.ear ? { ear: resolve(flags.ear) } : {}),
});
const prepared = await prepareRun(inputs, {
  store: await openStore({ store }),
  clock: new StageClock(),
});
const { rows, chosen } = enrolmentCurve(prepared, {
  plan,
  draws: Number(flags.draws),
  prior: PRIOR_CLIPS,
  choose: flags.choose,
  onStep: (what) => console.error(what),
});
const columns = [
  { title: "seen" },
  ...COUNTS.map((clips) => ({ title: `${clips} clips`, align: "right" as const })),
];
const percent = (value: number) => (100 * value).toFixed(1);
console.log(fitTable({
  columns,
  rows: rows.map(({ seen, uar, gain, error }) => [
    seen,
    ...uar.map((value, c) =>
      c === 0 ? percent(value) : `${percent(value)} (+${percent(gain[c])} ± ${percent(error[c])})`
    ),
  ]),
}));
if (flags.choose) {
  console.log(`prior that training speakers choose, fold by fold: ${chosen.join(", ")}`);
}

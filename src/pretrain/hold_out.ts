import { type ConditionName, CONDITIONS } from "../audio/degrade/conditions.ts";
import { groupSamples } from "../corpus/group_samples.ts";
import { orderGroups } from "../corpus/group_values.ts";
import { fitTemperature } from "../evaluate/confidence/fit_temperature.ts";
import { temper } from "../evaluate/confidence/temper.ts";
import { expectedCalibrationError } from "../evaluate/expected_calibration_error.ts";
import { type GroupComparison, rateGroups } from "../evaluate/rate_groups.ts";
import { joinFloats } from "../numeric/join_floats.ts";
import { Matrix } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import { heldOutSpeakers } from "./held_out_speakers.ts";
import { type Judged, type Measured, measureJudged } from "./measure_judged.ts";
import { fitVoice, type Hear, type Voices } from "./voices.ts";

/** Part of the held-out samples, drawn by chance, that is heard under each condition. */
const CONDITION_SHARE = 1 / 8;

/** Version of the conditions that models are tested under: none that they were fitted to. */
const TEST_VERSION = 101;

/** How well a model does on speakers that it was not fitted to. */
export interface HeldOut extends Measured {
  /** The speakers. */
  readonly speakers: readonly string[];
  /** How many speakers it was fitted to. */
  readonly trainedOn: number;
  /** By how much the probabilities of the final model are scaled: fitted to these speakers. */
  readonly temperature: number;
  /** Expected calibration error without scaling; with it, by a temperature of other speakers, it is in the metrics. */
  readonly eceBefore: number;
  /** What became of an eighth of the clips under each condition, beside the clip as it is. */
  readonly conditions: readonly ({ readonly name: ConditionName | "as it is" } & Measured)[];
  /** Who is recognised worse, by each attribute. */
  readonly groups: readonly ({ readonly attribute: string } & GroupComparison)[];
}

/** Fits a model to three quarters of the speakers and measures it on the others. */
export async function holdOut(voices: Voices, hear: Hear): Promise<HeldOut> {
  const { run: { samples, classes, config: { seed } }, labels } = voices;
  const outer = fitAndCalibrate(voices, [...samples.keys()]);
  const { model, speakers, held, rest, raw, truth } = outer;
  // The temperature by which it is measured comes from speakers that it is not measured on.
  const { temperature } = fitAndCalibrate(voices, rest);
  const judge = (rows: readonly number[], said: Matrix): Judged[] =>
    rows.map((row, i) => ({
      truth: labels[row],
      speaker: samples[row].sample.speaker,
      probabilities: temper(said.row(i), said.cols, temperature),
    }));
  const judged = judge(held, raw);
  // By chance: the order of names goes through the labels, and steps would meet only some of them.
  const drawn = new Random(seed).derive("conditions").permutation(held.length)
    .subarray(0, Math.ceil(CONDITION_SHARE * held.length)).sort();
  const some = Array.from(drawn, (i) => held[i]);
  const conditions: HeldOut["conditions"][number][] = [{
    name: "as it is",
    ...measureJudged(Array.from(drawn, (i) => judged[i]), classes.length),
  }];
  for (const name of Object.keys(CONDITIONS) as ConditionName[]) {
    const x = await hear(some.map((row) => samples[row]), name, TEST_VERSION);
    const said = judge(some, model.predictProba(x));
    conditions.push({ name, ...measureJudged(said, classes.length) });
  }
  return {
    ...measureJudged(judged, classes.length),
    speakers,
    trainedOn: new Set(rest.map((row) => samples[row].sample.speaker)).size,
    temperature: outer.temperature,
    eceBefore: expectedCalibrationError(truth, raw.data, classes.length),
    conditions,
    groups: compareGroups(held.map((row) => samples[row]), judged, classes.length, seed),
  };
}

/** Fits a model to some samples but those of the last speakers, and finds how far it is to be scaled on these. */
function fitAndCalibrate(voices: Voices, rows: readonly number[]) {
  const { run: { samples, classes }, versions, labels } = voices;
  const speakerOf = (row: number) => samples[row].sample.speaker;
  const speakers = heldOutSpeakers(rows.map((row) => samples[row].sample));
  const isHeld = (row: number) => speakers.includes(speakerOf(row));
  const held = rows.filter(isHeld);
  const rest = rows.filter((row) => !isHeld(row));
  const model = fitVoice(voices, rest);
  const said = versions.map((version) => model.predictProba(version.selectRows(held)));
  const truth = held.map((row) => labels[row]);
  // Of degraded sounds it is no less sure, and less often right: they count as much.
  const temperature = fitTemperature(
    Int32Array.from(said.flatMap(() => truth)),
    joinFloats(said.map(({ data }) => data)),
    classes.length,
  );
  return { model, speakers, held, rest, raw: said[0], truth: Int32Array.from(truth), temperature };
}

function compareGroups(
  samples: readonly ExtractedSample[],
  judged: readonly Judged[],
  nClasses: number,
  seed: number,
): HeldOut["groups"] {
  const truth = Int32Array.from(judged, ({ truth }) => truth);
  const predicted = Matrix.fromRows(judged.map(({ probabilities }) => probabilities)).argMax();
  const speakers = judged.map(({ speaker }) => speaker);
  return ["corpus", "sex", "age"].flatMap((attribute) => {
    const groups = groupSamples(samples.map(({ sample }) => sample), { attribute });
    const order = orderGroups(groups.filter((group) => group !== undefined), { attribute });
    if (order.length < 2) return [];
    const compared = rateGroups(truth, predicted, nClasses, speakers, groups, order, { seed });
    return [{ attribute, ...compared }];
  });
}

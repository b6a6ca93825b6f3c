import type { ConditionName } from "../audio/degrade/conditions.ts";
import { CONDITIONS } from "../audio/degrade/conditions.ts";
import { type GroupComparison, rateGroups } from "../evaluate/rate_groups.ts";
import { groupSamples } from "../corpus/group_samples.ts";
import { orderGroups } from "../corpus/group_values.ts";
import { SPEECH } from "../features/speech.ts";
import { createDecoder } from "../media/create_decoder.ts";
import { initBackend } from "../nn/backend.ts";
import { Matrix } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import { FeatureStore } from "../pipeline/extract/store.ts";
import { findInputs } from "../pipeline/run/find_inputs.ts";
import { type PreparedRun, prepareRun } from "../pipeline/run/prepare_run.ts";
import { StageClock } from "../pipeline/run/stage_clock.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import { loadRecognizer } from "../recognize/load_recognizer.ts";
import { checkEarDtype } from "./check_ear_dtype.ts";
import { makeDefaultBundle } from "./make_default_bundle.ts";
import { DegradedHearing } from "./hear_degraded.ts";
import { heldOutSpeakers } from "./held_out.ts";
import { type ClipsToMeasure, measureClips, type MeasuredClips } from "./measure_clips.ts";
import { type Judged, type Measured, measureJudged } from "./measure_judged.ts";
import { VOICE_HEAD } from "./voice_head.ts";
import { VoiceModel } from "./voice_model.ts";

/** Part of the held-out samples, drawn by chance, that is heard under each condition. */
const CONDITION_SHARE = 1 / 8;

/** Version of the conditions that models are tested under: none that they were fitted to. */
const TEST_VERSION = 101;

/** What the model that comes with Emofuse is made of. */
export interface PretrainRequest {
  /** How clips are read. */
  readonly config: RunConfig;
  /** Where the clips that it is fitted to, the ear and the store are. */
  readonly places: RunPlaces;
  /** Clips that it is not fitted to, and is asked about at the end. */
  readonly tests: readonly ClipsToMeasure[];
  /**
   * Told how far the work is.
   *
   * @default {nobody is told}
   */
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

/** How well a model does on speakers that it was not fitted to. */
export interface HeldOut extends Measured {
  /** The speakers. */
  readonly speakers: readonly string[];
  /** How many speakers it was fitted to. */
  readonly trainedOn: number;
  /** What became of an eighth of the clips under each condition, beside the clip as it is. */
  readonly conditions: readonly ({ readonly name: ConditionName | "as it is" } & Measured)[];
  /** Who is recognised worse, by each attribute. */
  readonly groups: readonly ({ readonly attribute: string } & GroupComparison)[];
}

/** The model that comes with Emofuse, and what is known of it. */
export interface Pretrained {
  /** The bundle. The same clips, ear and seed always give the same bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its card. */
  readonly card: ModelCard;
  /** How well a model does that was fitted in the same way to the other speakers. */
  readonly heldOut: HeldOut;
  /** What the model itself makes of other clips. */
  readonly tests: readonly MeasuredClips[];
}

/**
 * Makes the model that comes with Emofuse: fits it to three quarters of the speakers and measures it on the others,
 * fits it to all, and asks it about clips of other corpora.
 *
 * @throws {WeightsError} If the ear is missing, damaged, or not stored in whole numbers.
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {StoreError} If the feature store cannot be written to.
 */
export async function pretrain(
  { config: asked, places, tests, onProgress = () => {} }: PretrainRequest,
): Promise<Pretrained> {
  await checkEarDtype(places.ear!);
  const inputs = await findInputs(
    { ...asked, recipes: [{ recipe: "statistics", normalisation: "train" }] },
    places,
  );
  const store = await FeatureStore.open(places.store);
  const run = await prepareRun(inputs, {
    store,
    clock: new StageClock(),
    onFeatures: (done, total) => onProgress("sounds", done, total),
  });
  await initBackend();
  using hearing = await DegradedHearing.open(run);
  const hear = (samples: readonly ExtractedSample[], condition: ConditionName, version: number) =>
    hearing.hear(
      { samples, condition, version },
      (done) => onProgress(`${condition}, version ${version}`, done, samples.length),
    );
  const voice = await gatherVoice(run, hear);
  const heldOut = await holdOut(voice, run, hear);
  const model = fitVoice(voice, run, voice.rows);
  const { bytes, card } = await makeDefaultBundle({ run, voice: model, heldOut });
  const measured = await measureTests(bytes, tests, asked, onProgress);
  return { bytes, card, heldOut, tests: measured };
}

/** What a voice model can learn from. */
interface Voices {
  /** Features of all samples, as they are and degraded. */
  readonly versions: readonly Matrix[];
  /** Class index of each sample. */
  readonly labels: Int32Array;
  /** Numbers of all samples. */
  readonly rows: readonly number[];
}

type Hear = (
  samples: readonly ExtractedSample[],
  condition: ConditionName,
  version: number,
) => Promise<Matrix>;

async function gatherVoice(
  { samples, classes, features }: PreparedRun,
  hear: Hear,
): Promise<Voices> {
  const { data, width } = features[SPEECH.name];
  const versions = [new Matrix(samples.length, width, data)];
  for (let version = 1; version <= VOICE_HEAD.versions; version++) {
    versions.push(await hear(samples, "anything", version));
  }
  return {
    versions,
    labels: Int32Array.from(samples, ({ sample }) => classes.indexOf(sample.label)),
    rows: [...samples.keys()],
  };
}

function fitVoice(
  { versions, labels }: Voices,
  { classes, features, config: { seed } }: PreparedRun,
  rows: readonly number[],
): VoiceModel {
  return VoiceModel.fit({
    versions: versions.map((version) => version.selectRows(rows)),
    labels: Int32Array.from(rows, (row) => labels[row]),
    nClasses: classes.length,
    blocks: features[SPEECH.name].blocks!,
    seed,
  });
}

async function holdOut(voice: Voices, run: PreparedRun, hear: Hear): Promise<HeldOut> {
  const { samples, classes, config: { seed } } = run;
  const all = new Set(samples.map(({ sample }) => sample.speaker));
  const speakers = heldOutSpeakers(all);
  const isHeld = (row: number) => speakers.includes(samples[row].sample.speaker);
  const held = voice.rows.filter(isHeld);
  const model = fitVoice(voice, run, voice.rows.filter((row) => !isHeld(row)));
  const judge = (rows: readonly number[], x: Matrix): Judged[] => {
    const said = model.predictProba(x);
    return rows.map((row, i) => ({
      truth: voice.labels[row],
      speaker: samples[row].sample.speaker,
      probabilities: said.row(i),
    }));
  };
  const judged = judge(held, voice.versions[0].selectRows(held));
  // By chance: the order of names goes through labels, and steps would meet only some of them.
  const drawn = new Random(seed).derive("conditions").permutation(held.length)
    .subarray(0, Math.ceil(CONDITION_SHARE * held.length)).sort();
  const some = Array.from(drawn, (i) => held[i]);
  const conditions: HeldOut["conditions"][number][] = [{
    name: "as it is",
    ...measureJudged(Array.from(drawn, (i) => judged[i]), classes.length),
  }];
  for (const name of Object.keys(CONDITIONS) as ConditionName[]) {
    const x = await hear(some.map((row) => samples[row]), name, TEST_VERSION);
    conditions.push({ name, ...measureJudged(judge(some, x), classes.length) });
  }
  return {
    ...measureJudged(judged, classes.length),
    speakers,
    trainedOn: all.size - speakers.length,
    conditions,
    groups: compareGroups(held.map((row) => samples[row]), judged, classes.length, seed),
  };
}

function compareGroups(
  samples: readonly ExtractedSample[],
  judged: readonly Judged[],
  nClasses: number,
  seed: number,
): HeldOut["groups"] {
  const truth = Int32Array.from(judged, ({ truth }) => truth);
  const predicted = Matrix.fromRows(judged.map(({ probabilities }) => probabilities)).argMax();
  return ["sex", "age"].flatMap((attribute) => {
    const groups = groupSamples(samples.map(({ sample }) => sample), { attribute });
    const order = orderGroups(groups.filter((group) => group !== undefined), { attribute });
    if (order.length < 2) return [];
    const speakers = judged.map(({ speaker }) => speaker);
    return [{
      attribute,
      ...rateGroups(truth, predicted, nClasses, speakers, groups, order, { seed }),
    }];
  });
}

async function measureTests(
  bytes: Uint8Array,
  tests: readonly ClipsToMeasure[],
  { decoder: name }: RunConfig,
  onProgress: NonNullable<PretrainRequest["onProgress"]>,
): Promise<MeasuredClips[]> {
  const measured: MeasuredClips[] = [];
  if (tests.length === 0) return measured;
  const decoder = await createDecoder(name);
  const recognizer = await loadRecognizer(bytes);
  try {
    for (const test of tests) {
      const progress = (done: number) => onProgress(test.name, done, test.samples.length);
      measured.push(await measureClips(recognizer, decoder, test, progress));
    }
  } finally {
    recognizer.dispose();
    await decoder.close();
  }
  return measured;
}

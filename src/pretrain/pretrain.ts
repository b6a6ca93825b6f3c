import { createDecoder } from "../media/create_decoder.ts";
import { initBackend } from "../nn/backend.ts";
import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import { FeatureStore } from "../pipeline/extract/store.ts";
import { findInputs } from "../pipeline/run/find_inputs.ts";
import { prepareRun } from "../pipeline/run/prepare_run.ts";
import { StageClock } from "../pipeline/run/stage_clock.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import { loadRecognizer } from "../recognize/load_recognizer.ts";
import { checkEarDtype } from "./check_ear_dtype.ts";
import { DegradedHearing } from "./hear_degraded.ts";
import { type HeldOut, holdOut } from "./hold_out.ts";
import { makeDefaultBundle } from "./make_default_bundle.ts";
import { type ClipsToMeasure, measureClips, type MeasuredClips } from "./measure_clips.ts";
import { fitVoice, gatherVoices, type Hear } from "./voices.ts";

/** What the model that comes with Emofuse is made of. */
export interface PretrainRequest {
  /** How clips are read. */
  readonly config: RunConfig;
  /** Where the clips that it is fitted to, the ear and the store are. */
  readonly places: RunPlaces;
  /** Clips that it is not fitted to, and is asked about at the end. */
  readonly tests: readonly ClipsToMeasure[];
  /** Told how far the work is. */
  readonly onProgress: (stage: string, done: number, total: number) => void;
}

/** The model that comes with Emofuse, and what is known of it. */
export interface Pretrained {
  /** The bundle. The same clips, ear and seed always give the same bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its card. */
  readonly card: ModelCard;
  /** How well a model does that was fitted in the same way to a part of the speakers. */
  readonly heldOut: HeldOut;
  /** What the model itself makes of other clips. */
  readonly tests: readonly MeasuredClips[];
}

/**
 * Makes the model that comes with Emofuse: fits it to three quarters of the speakers and measures it on the others,
 * fits it to all, and asks it about other clips.
 *
 * @throws {WeightsError} If the ear is missing, damaged, or not stored in whole numbers.
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {StoreError} If the feature store cannot be written to.
 * @throws {FitError} If the model cannot be fitted to the clips.
 */
export async function pretrain(
  { config: asked, places, tests, onProgress }: PretrainRequest,
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
    onFeatures: (done, total) => onProgress("sounds as they are", done, total),
  });
  await initBackend();
  using hearing = await DegradedHearing.open(run);
  const hear: Hear = (samples, condition, version) =>
    hearing.hear(
      { samples, condition, version },
      (done) => onProgress(`${condition}, version ${version}`, done, samples.length),
    );
  const voices = await gatherVoices(run, hear);
  const heldOut = await holdOut(voices, hear);
  const voice = fitVoice(voices, [...run.samples.keys()]).tempered(heldOut.temperature);
  const { bytes, card } = await makeDefaultBundle({ run, voice, heldOut });
  const measured = await measureTests(bytes, tests, asked, onProgress);
  return { bytes, card, heldOut, tests: measured };
}

async function measureTests(
  bytes: Uint8Array,
  tests: readonly ClipsToMeasure[],
  { decoder: name }: RunConfig,
  onProgress: PretrainRequest["onProgress"],
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

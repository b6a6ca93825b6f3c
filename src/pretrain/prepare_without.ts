import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import type { FeatureStore } from "../pipeline/store/feature_store.ts";
import { findInputs } from "../pipeline/run/find_inputs.ts";
import { type PreparedRun, prepareRun } from "../pipeline/run/prepare_run.ts";
import { StageClock } from "../pipeline/run/stage_clock.ts";
import { speakerKey } from "./speaker_key.ts";

/** What the preparation works with. */
export interface PrepareWithoutOptions {
  /** Where features are kept. */
  readonly store: FeatureStore;
  /** Speakers, as `speakerKey` names them, whose clips are not even read. */
  readonly without: ReadonlySet<string>;
  /** Told how many samples are done. */
  readonly onFeatures: (done: number, total: number) => void;
}

/**
 * The statistics of all clips but those of some speakers.
 *
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {WeightsError} If a network's weights are missing or damaged.
 */
export async function prepareWithout(
  config: RunConfig,
  places: RunPlaces,
  { store, without, onFeatures }: PrepareWithoutOptions,
): Promise<PreparedRun> {
  const inputs = await findInputs(
    { ...config, recipes: [{ recipe: "statistics", normalisation: "train" }] },
    places,
  );
  const samples = inputs.found.samples.filter((sample) => !without.has(speakerKey(sample)));
  return await prepareRun(
    { ...inputs, found: { ...inputs.found, samples } },
    { store, clock: new StageClock(), onFeatures },
  );
}

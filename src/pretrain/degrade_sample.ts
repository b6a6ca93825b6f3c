import { type ConditionName, CONDITIONS } from "../audio/degrade/conditions.ts";
import { Random } from "../numeric/random.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import type { FeatureStore } from "../pipeline/store/feature_store.ts";
import type { StageKey } from "../pipeline/store/stage_key.ts";
import { readSpeech } from "../pipeline/extract/stored_tracks.ts";

/** Name of the store's stage. */
const STAGE = "degraded/1";

/** Version of the code of all conditions: what is heard of a degraded sound depends on it too. */
const CODE = 1;

/** How a sound is degraded. */
export interface DegradeSampleOptions {
  /** Where its sound is, and the degraded one goes. */
  readonly store: FeatureStore;
  /** What happens to it. */
  readonly condition: ConditionName;
  /** Which of its versions: another number, another chance. */
  readonly version: number;
}

/**
 * A sample whose sound, at the rate of the ear, went through a condition: what the store lacks of it is made. The same
 * clip, condition and version always give the same sound.
 */
export async function degradeSample(
  sample: ExtractedSample,
  { store, condition, version }: DegradeSampleOptions,
): Promise<ExtractedSample> {
  const { speech } = sample;
  if (!speech) throw new RangeError(`${sample.sample.id} has no sound for an ear`);
  const key: StageKey = {
    ...speech,
    stage: STAGE,
    settings: { ...speech.settings, condition, version, code: CODE },
  };
  if (!await store.has(key)) {
    const samples = await readSpeech(store, sample);
    const random = new Random(version).derive(`${condition}/${speech.clip}`);
    const sampleRate = Number(speech.settings.sampleRate);
    const data = CONDITIONS[condition](samples, { sampleRate, random });
    await store.put(key, { samples: { shape: [data.length], data } });
  }
  return { ...sample, speech: key };
}

import type { TensorMap } from "../../numeric/safetensors.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";
import { StoreError } from "../store/store_error.ts";

/**
 * The decoded sound of a sample, unpadded.
 *
 * @throws {StoreError} If the store lacks it: something has removed it, or it was put into another.
 */
export async function readSound(
  store: FeatureStore,
  sample: ExtractedSample,
): Promise<Float32Array> {
  return await readSamples(store, sample, sample.sound);
}

/**
 * The decoded sound of a sample at the rate of the trained ear, unpadded.
 *
 * @throws {StoreError} If the store lacks it: something has removed it, or it was put into another.
 */
export async function readSpeech(
  store: FeatureStore,
  sample: ExtractedSample,
): Promise<Float32Array> {
  return await readSamples(store, sample, sample.speech);
}

async function readSamples(
  store: FeatureStore,
  sample: ExtractedSample,
  key: StageKey | undefined,
): Promise<Float32Array> {
  const entry = key && await store.get(key);
  if (!entry) throw lost(store, "sound", sample, key);
  return entry.tensors.samples.data as Float32Array;
}

/**
 * What the store keeps of a sample's picture: embeddings, or landmarks.
 *
 * @throws {StoreError} If the store lacks it: something has removed it, or it was put into another.
 */
export async function readPicture(
  store: FeatureStore,
  sample: ExtractedSample,
): Promise<TensorMap> {
  const key = sample.picture;
  const entry = key && await store.get(key);
  if (!entry) throw lost(store, "picture", sample, key);
  return entry.tensors;
}

function lost(
  { place }: FeatureStore,
  what: string,
  { sample, clips }: ExtractedSample,
  key: StageKey | undefined,
): StoreError {
  const file = Object.keys(clips).find((file) => clips[file] === key?.clip) ?? sample.id;
  return new StoreError(
    `the store ${place} lacks the ${what} of ${file}: name the store that it was put into, or run again ` +
      "(of a plan: all shards of the stage extract)",
  );
}

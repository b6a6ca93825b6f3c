import type { TensorMap } from "../../numeric/safetensors.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";

/**
 * The decoded sound of a sample, unpadded.
 *
 * @throws {Error} If something else has removed it from the store since it was put there.
 */
export async function readSound(
  store: FeatureStore,
  { sound, sample }: ExtractedSample,
): Promise<Float32Array> {
  return await readSamples(store, sound, sample.id);
}

/**
 * The decoded sound of a sample at the rate of the trained ear, unpadded.
 *
 * @throws {Error} If something else has removed it from the store since it was put there.
 */
export async function readSpeech(
  store: FeatureStore,
  { speech, sample }: ExtractedSample,
): Promise<Float32Array> {
  return await readSamples(store, speech, sample.id);
}

async function readSamples(
  store: FeatureStore,
  key: StageKey | undefined,
  id: string,
): Promise<Float32Array> {
  const entry = key && await store.get(key);
  if (!entry) throw new Error(`the store has lost the sound of ${id}; run again`);
  return entry.tensors.samples.data as Float32Array;
}

/**
 * What the store keeps of a sample's picture: embeddings, or landmarks.
 *
 * @throws {Error} If something else has removed it from the store since it was put there.
 */
export async function readPicture(
  store: FeatureStore,
  { picture, sample }: ExtractedSample,
): Promise<TensorMap> {
  const entry = picture && await store.get(picture);
  if (!entry) throw new Error(`the store has lost the picture of ${sample.id}; run again`);
  return entry.tensors;
}

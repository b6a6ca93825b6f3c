import type { TensorMap } from "../../numeric/safetensors.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureStore } from "./store.ts";

/**
 * The decoded sound of a sample, unpadded.
 *
 * @throws {Error} If something else has removed it from the store since it was put there.
 */
export async function readSound(
  store: FeatureStore,
  { sound, sample }: ExtractedSample,
): Promise<Float32Array> {
  const entry = sound && await store.get(sound);
  if (!entry) throw new Error(`the store has lost the sound of ${sample.id}; run again`);
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

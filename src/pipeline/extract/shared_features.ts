import type { FeatureData } from "../fold/fold.ts";

/**
 * Room for the features of `samples` samples, `width` numbers each, of which `channels` make a frame.
 * It is shared memory: the workers of all folds read the same copy.
 */
export function sharedFeatures(samples: number, width: number, channels = width): FeatureData {
  const buffer = new SharedArrayBuffer(samples * width * Float32Array.BYTES_PER_ELEMENT);
  return { width, channels, data: new Float32Array(buffer) };
}

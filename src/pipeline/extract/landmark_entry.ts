import type { TensorMap } from "../../numeric/safetensors.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import type { LandmarkTrack } from "../../vision/landmarks/landmark_track.ts";
import { LandmarksError } from "../../vision/landmarks/landmarks_error.ts";
import { readLandmarks } from "../../vision/landmarks/read_landmarks.ts";
import { sha256OfFile } from "./sha256_of_file.ts";
import type { LandmarkFile } from "../samples/samples.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";

/** Where the store keeps the landmarks of a file. */
export interface LandmarkEntry {
  /** The entry, of the tensors that `trackTensors` makes. */
  readonly key: StageKey;
  /** Whether the store had it already. */
  readonly fromStore: boolean;
  /** What is not as it should be with the file; often empty. */
  readonly warning: string;
}

/**
 * The store's entry of a landmark file's first `seconds`, made if need be.
 *
 * @throws {LandmarksError} If the file cannot be used; its message names the file as `file` does.
 */
export async function landmarkEntry(
  store: FeatureStore,
  { path, file }: LandmarkFile,
  seconds: number,
): Promise<LandmarkEntry> {
  let clip: string;
  try {
    clip = await sha256OfFile(path);
  } catch (cause) {
    throw new LandmarksError(file, `cannot be read: ${describeFailure(cause)}`, { cause });
  }
  const key = { stage: "landmark-file/1", clip, settings: { seconds } };
  const known = await store.metadata(key);
  if (known) return { key, fromStore: true, warning: known.warning ?? "" };
  const { track, warnings } = await readLandmarks(path, { seconds });
  const warning = warnings.join("; ");
  await store.put(key, trackTensors(track), { warning });
  return { key, fromStore: false, warning };
}

/** A track as the tensors of a store entry. */
export function trackTensors({ points, timestamps, found }: LandmarkTrack): TensorMap {
  const frames = timestamps.length;
  return {
    landmarks: { shape: [frames, points.length / frames / 2, 2], data: points },
    timestamps: { shape: [frames], data: timestamps },
    found: { shape: [frames], data: found },
  };
}

/** The track that `trackTensors` made tensors of. */
export function trackOfTensors(tensors: TensorMap): LandmarkTrack {
  return {
    points: tensors.landmarks.data as Float32Array,
    timestamps: tensors.timestamps.data as Float64Array,
    found: tensors.found.data as Uint8Array,
  };
}

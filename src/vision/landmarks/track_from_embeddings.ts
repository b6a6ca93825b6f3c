import type { CropInfo } from "../crop_faces.ts";
import { fillGaps } from "./fill_gaps.ts";
import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";

/** Numbers a frame: x and y of each point, and the probability of a face. */
const STRIDE = LANDMARKS * 2 + 1;

/**
 * The track of a clip from what the backbone `landmarks` gave for its crops, in pixels of the frame
 * that the crops were cut out of. Frames where the network is not sure of a face are filled from others.
 *
 * @param embeddings The points in pixels of the crop, and the probability of a face, of each frame
 * [frames, 137].
 * @param crop Where the crops were cut out.
 * @param fps Frames a second.
 * @returns The track, or undefined where no frame shows a face.
 */
export function trackFromEmbeddings(
  embeddings: Float32Array,
  crop: Pick<CropInfo, "box" | "size">,
  fps: number,
): LandmarkTrack | undefined {
  return trackFromPlaced(placeLandmarks(embeddings, crop), fps);
}

/** The same embeddings [frames, 137] with the points in pixels of the frame, not of the crop. */
export function placeLandmarks(
  embeddings: Float32Array,
  { box, size }: Pick<CropInfo, "box" | "size">,
): Float32Array {
  const placed = embeddings.slice();
  for (let at = 0; at < placed.length; at += STRIDE) {
    for (let i = at; i < at + STRIDE - 1; i += 2) {
      placed[i] = box.x + embeddings[i] * box.width / size;
      placed[i + 1] = box.y + embeddings[i + 1] * box.height / size;
    }
  }
  return placed;
}

/** The track of embeddings that {@linkcode placeLandmarks} placed; undefined where no frame shows a face. */
export function trackFromPlaced(placed: Float32Array, fps: number): LandmarkTrack | undefined {
  const frames = placed.length / STRIDE;
  const points = new Float32Array(frames * (STRIDE - 1));
  for (let frame = 0; frame < frames; frame++) {
    const from = frame * STRIDE;
    points.set(placed.subarray(from, from + STRIDE - 1), frame * (STRIDE - 1));
  }
  return fillGaps(
    points,
    Float64Array.from({ length: frames }, (_, frame) => frame / fps),
    Uint8Array.from(
      { length: frames },
      (_, frame) => placed[(frame + 1) * STRIDE - 1] > 0.5 ? 1 : 0,
    ),
  );
}

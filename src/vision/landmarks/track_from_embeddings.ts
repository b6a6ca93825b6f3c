import type { CropInfo } from "../crop_faces.ts";
import { fillGaps } from "./fill_gaps.ts";
import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";

/** Numbers a frame: x and y of each point, and the probability of a face. */
const STRIDE = LANDMARKS * 2 + 1;

/**
 * The track of a clip from what the backbone `landmarks` gave for its crops, in pixels of the frame
 * that the crops were cut out of. It reaches from the first frame that counts to the last one; frames
 * between them that do not count, or where the network is not sure of a face, are filled from others.
 *
 * @param embeddings The points in pixels of the crop, and the probability of a face, of each frame
 * [frames, 137].
 * @param crop Where the crops were cut out, and which frames count.
 * @param fps Frames a second.
 * @returns The track, or undefined where no frame shows a face.
 */
export function trackFromEmbeddings(
  embeddings: Float32Array,
  crop: Pick<CropInfo, "boxes" | "counts" | "size">,
  fps: number,
): LandmarkTrack | undefined {
  return trackFromPlaced(placeLandmarks(embeddings, crop), crop.counts, fps);
}

/**
 * The same embeddings with the points in pixels of the frame, not of the crop.
 *
 * @param embeddings What the backbone `landmarks` gave, in the last 137 columns [frames, before + 137].
 * @param crop Where the crops were cut out.
 * @param before Number of columns before them, which stay as they are.
 */
export function placeLandmarks(
  embeddings: Float32Array,
  { boxes, size }: Pick<CropInfo, "boxes" | "size">,
  before = 0,
): Float32Array {
  const placed = embeddings.slice();
  for (const [frame, box] of boxes.entries()) {
    const end = (frame + 1) * (before + STRIDE);
    for (let i = end - STRIDE; i < end - 1; i += 2) {
      placed[i] = box.x + embeddings[i] * box.width / size;
      placed[i + 1] = box.y + embeddings[i + 1] * box.height / size;
    }
  }
  return placed;
}

/**
 * The track of embeddings that {@linkcode placeLandmarks} placed; undefined where no frame shows a face.
 *
 * @param placed The placed embeddings [frames, 137].
 * @param counts 1 for each frame that counts [frames].
 * @param fps Frames a second.
 */
export function trackFromPlaced(
  placed: Float32Array,
  counts: Uint8Array,
  fps: number,
): LandmarkTrack | undefined {
  const first = counts.indexOf(1);
  if (first < 0) return undefined;
  const frames = counts.lastIndexOf(1) + 1 - first;
  const points = new Float32Array(frames * (STRIDE - 1));
  const found = new Uint8Array(frames);
  for (let i = 0; i < frames; i++) {
    const from = (first + i) * STRIDE;
    points.set(placed.subarray(from, from + STRIDE - 1), i * (STRIDE - 1));
    found[i] = counts[first + i] === 1 && placed[from + STRIDE - 1] > 0.5 ? 1 : 0;
  }
  const timestamps = Float64Array.from({ length: frames }, (_, i) => (first + i) / fps);
  return fillGaps(points, timestamps, found);
}

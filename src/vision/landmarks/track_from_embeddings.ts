import type { CropInfo } from "../crop_faces.ts";
import { fillGaps } from "./fill_gaps.ts";
import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";

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
  { box, size }: Pick<CropInfo, "box" | "size">,
  fps: number,
): LandmarkTrack | undefined {
  const width = LANDMARKS * 2;
  const stride = width + 1;
  const frames = embeddings.length / stride;
  const points = new Float32Array(frames * width);
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < width; i += 2) {
      const from = frame * stride + i;
      points[frame * width + i] = box.x + embeddings[from] * box.width / size;
      points[frame * width + i + 1] = box.y + embeddings[from + 1] * box.height / size;
    }
  }
  return fillGaps(
    points,
    Float64Array.from({ length: frames }, (_, frame) => frame / fps),
    Uint8Array.from(
      { length: frames },
      (_, frame) => embeddings[(frame + 1) * stride - 1] > 0.5 ? 1 : 0,
    ),
  );
}

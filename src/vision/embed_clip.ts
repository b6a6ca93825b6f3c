import type { Backbone, FrameShape } from "../../models/backbone.ts";
import type { FaceDetector } from "../../models/face_detector.ts";
import { cropFaces, type CropInfo, type CropOptions } from "./crop_faces.ts";
import { embedFrames, type FrameEmbeddings, type FrameStepOptions } from "./embed_frames.ts";

/** What part of a frame is embedded: all of it, or the square around the face. */
export type Crop = "none" | "face";

/** How {@linkcode embedClip} works. */
export interface EmbedClipOptions extends FrameStepOptions {
  /** What finds the face, where the clip is cropped to it; without one the backbone sees all of it. */
  readonly detector?: FaceDetector;
  /** How faces are cropped. */
  readonly face?: CropOptions;
}

/** The embeddings of one clip. */
export interface ClipEmbeddings extends FrameEmbeddings {
  /** What was cut out; undefined where nothing was. */
  readonly crop: CropInfo | undefined;
}

/**
 * Crops a clip, `frames` [n, height, width, 3], to its face if there is a detector, and embeds it.
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says, or an option is out of range.
 */
export function embedClip(
  backbone: Backbone,
  frames: Uint8Array,
  shape: FrameShape,
  { detector, face, ...steps }: EmbedClipOptions,
): ClipEmbeddings {
  if (!detector) return { ...embedFrames(backbone, frames, shape, steps), crop: undefined };
  const { frames: crops, ...crop } = cropFaces(detector, frames, shape, face);
  const size = { n: shape.n, height: crop.size, width: crop.size };
  return { ...embedFrames(backbone, crops, size, steps), crop };
}

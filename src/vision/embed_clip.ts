import type { Backbone, FrameShape } from "../../models/backbone.ts";
import { cropFaces, type CropInfo, type CropOptions } from "./crop_faces.ts";
import { embedFrames, type FrameEmbeddings, type FrameStepOptions } from "./embed_frames.ts";
import type { FaceEyes } from "./faces/watch_faces.ts";

/** What part of a frame is embedded: all of it, or the square around the face. */
export type Crop = "none" | "face";

/** How {@linkcode embedClip} works. */
export interface EmbedClipOptions extends FrameStepOptions {
  /** Frames a second. */
  readonly fps: number;
  /** What finds the face, where the clip is cropped to it; without it the backbone sees all of a frame. */
  readonly eyes?: FaceEyes;
  /** How faces are cropped. */
  readonly face?: CropOptions;
}

/** The embeddings of one clip. */
export interface ClipEmbeddings extends FrameEmbeddings {
  /** What was cut out; undefined where nothing was. */
  readonly crop: CropInfo | undefined;
}

/**
 * Crops a clip, `frames` [n, height, width, 3], to its face if there are eyes for it, and embeds it. A
 * frame that does not show the face has the features of the nearest one that does.
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says, or an option is out of range.
 */
export function embedClip(
  backbone: Backbone,
  frames: Uint8Array,
  shape: FrameShape,
  { eyes, face, fps, ...steps }: EmbedClipOptions,
): ClipEmbeddings {
  if (!eyes) return { ...embedFrames(backbone, frames, shape, steps), crop: undefined };
  const { frames: crops, ...crop } = cropFaces(eyes, frames, shape, fps, face);
  const size = { n: shape.n, height: crop.size, width: crop.size };
  return { ...embedFrames(backbone, crops, size, steps), crop };
}

import type { FrameShape } from "../../models/backbone.ts";
import type { BackboneName } from "../../models/registry.ts";
import type { CropOptions } from "./crop_faces.ts";
import type { ClipEmbeddings, Crop } from "./embed_clip.ts";
import type { FrameStepOptions } from "./embed_frames.ts";
import type { LoadBackboneOptions } from "./load_backbone.ts";

/** One clip to embed. */
export interface EmbedJob extends FrameShape, FrameStepOptions {
  /** RGB frames [n, height, width, 3], 0 to 255. Handed over: the caller's array may be empty afterwards. */
  readonly frames: Uint8Array;
  /** Frames a second. */
  readonly fps: number;
  /** What part of a frame is embedded. */
  readonly crop: Crop;
}

/** The embeddings of one clip; nothing is cropped with `crop: "none"`. */
export type EmbedResult = ClipEmbeddings;

/** What an embedding worker is told when it starts. */
export interface EmbedInit extends LoadBackboneOptions {
  /** Which backbone embeds. */
  readonly backbone: BackboneName;
  /** How faces are cropped. */
  readonly face: CropOptions | undefined;
}

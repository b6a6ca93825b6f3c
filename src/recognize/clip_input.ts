import type { UsedModality } from "./prediction.ts";

/** RGB or RGBA frames of a clip. */
export interface FrameInput {
  /** The frames [n, height, width, channels], row by row, 0 to 255. A fourth channel is not looked at. */
  readonly data: Uint8Array | Uint8ClampedArray;
  /** Number of frames. */
  readonly n: number;
  /** Rows of a frame, in pixels. */
  readonly height: number;
  /** Columns of a frame, in pixels. */
  readonly width: number;
  /**
   * Values a pixel: 3 for RGB, 4 for RGBA.
   *
   * @default {3}
   */
  readonly channels?: 3 | 4;
  /** Frames a second. */
  readonly fps: number;
}

/** What the bundle's backbone gives for the frames of a clip, computed elsewhere. */
export interface EmbeddingInput {
  /** One row of features a frame [n, `card.video.backbone.featureSize`]. */
  readonly data: Float32Array;
  /** Number of frames. */
  readonly n: number;
  /** Frames a second. */
  readonly fps: number;
}

/**
 * The landmarks of a face that somebody else found, for models that go by such: on every frame the 68 points of
 * iBUG 300-W. `readLandmarks()` reads them from files.
 */
export interface LandmarkInput {
  /** The points [n, 68, 2] in dlib's order: x to the right and y down, in pixels. */
  readonly points: Float32Array;
  /** Time of each frame [n] in seconds, increasing, from 0 at the clip's start. */
  readonly timestamps: Float64Array;
  /**
   * 0 for each frame in which no face was found [n]: its points are not looked at.
   *
   * @default {a face was found in all of them}
   */
  readonly found?: Uint8Array;
}

/** What is to be recognised: a voice, a face or both. */
export interface ClipInput {
  /** Mono samples, usually within -1 and 1. */
  readonly samples?: Float32Array;
  /** Samples a second, in Hz: 1000 to 768000. Needed with `samples`. */
  readonly sampleRate?: number;
  /** The picture. */
  readonly frames?: FrameInput;
  /** What stands for the picture. */
  readonly embeddings?: EmbeddingInput;
  /** The landmarks of the face, for models that go by them instead of pictures. */
  readonly landmarks?: LandmarkInput;
  /** What is known of the clip from where it was read: a sentence each. Predictions repeat it. */
  readonly warnings?: readonly string[];
  /** Why a modality is missing, such as a codec that could not be decoded: predictions say it. */
  readonly missing?: Readonly<Partial<Record<UsedModality, string>>>;
}

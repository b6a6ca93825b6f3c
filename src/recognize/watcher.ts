import type { FrameShape } from "../../models/backbone.ts";
import type { Box } from "../../models/face_detector.ts";
import type { Features } from "../features/feature_set.ts";
import type { FrameHead } from "../features/frame_head.ts";
import type { FeatureSetOfModality } from "../features/registry.ts";
import {
  CROP_SIZE,
  type CropInfo,
  DETECT_EVERY,
  detectFace,
  steadySquare,
} from "../vision/crop_faces.ts";
import { embedClip } from "../vision/embed_clip.ts";
import { embedFrames } from "../vision/embed_frames.ts";
import { placeLandmarks, trackFromPlaced } from "../vision/landmarks/track_from_embeddings.ts";
import { resample } from "../vision/resample.ts";
import { cardFeatures } from "./card_features.ts";
import { InputError } from "./input_error.ts";
import { MIN_SECONDS } from "./check_input.ts";
import type { ModalityModel } from "./modality_model.ts";
import type { VideoCard } from "./model_card.ts";
import type { Eyes } from "./networks.ts";
import type { QualityFlag } from "./prediction.ts";

/** What the backbone says of some frames. */
export interface Sight {
  /** One row a frame [n, featureSize]; landmarks are in pixels of the frame. */
  readonly rows: Float32Array;
  /** Number of frames. */
  readonly n: number;
  /** Frames a second. */
  readonly fps: number;
  /** Whether a face was seen. */
  readonly face: boolean;
}

/** What a group of frames of a stream gave. */
export interface GroupSight {
  /** One row a frame. */
  readonly rows: Float32Array;
  /** The face of its first frame, if one was found. */
  readonly face: Box | undefined;
}

/** The face's part of a recogniser. */
export class Watcher {
  readonly #card: VideoCard;
  readonly #set: FeatureSetOfModality<"video">;
  readonly #eyes: Eyes | undefined;
  readonly #head: FrameHead | undefined;
  readonly #model: ModalityModel;
  readonly #windowSeconds: number;

  /**
   * Takes model and networks over: disposing the watcher disposes them. Without eyes it takes embeddings.
   *
   * @throws {BundleError} If the card names no features of a picture.
   */
  constructor(
    card: VideoCard,
    model: ModalityModel,
    windowSeconds: number,
    eyes?: Eyes,
    head?: FrameHead,
  ) {
    this.#card = card;
    this.#set = cardFeatures("video", card.features);
    this.#model = model;
    this.#windowSeconds = windowSeconds;
    this.#eyes = eyes;
    this.#head = head;
  }

  /** Frames a second that are looked at, at most. */
  get fps(): number {
    return this.#card.fps;
  }

  /** Numbers a frame. */
  get featureSize(): number {
    return this.#card.backbone.featureSize;
  }

  /**
   * Looks at the RGB frames of a window, `frames` [n, height, width, 3].
   *
   * @throws {InputError} If there is nothing to look with.
   */
  look(frames: Uint8Array, shape: FrameShape, fps: number): Sight {
    const { n } = shape;
    if (n === 0) return { ...{ n, fps }, rows: new Float32Array(0), face: false };
    const { backbone, detector } = this.#needEyes();
    const { crop, frameStep, frameFill } = this.#card;
    const steps = { frameStep, frameFill };
    if (crop === "face") {
      const clip = embedClip(backbone, frames, shape, { detector, ...steps });
      const face = clip.crop!.found > 0;
      return { ...{ n, fps, face }, rows: this.#place(clip.embeddings, clip.crop!) };
    }
    const { pixels, size } = this.#wholePicture(frames, shape);
    let face = false;
    for (let i = 0; i < n && !face; i += DETECT_EVERY) {
      face = detectFace(detector, frames, shape, i) !== undefined;
    }
    return { ...{ n, fps, face }, rows: embedFrames(backbone, pixels, size, steps).embeddings };
  }

  /**
   * Looks at a few frames of a stream. They are cropped by the face of the first of them and by `faces`,
   * those that were found before.
   *
   * @throws {InputError} If there is nothing to look with.
   */
  lookAtGroup(frames: Uint8Array, shape: FrameShape, faces: readonly Box[]): GroupSight {
    const { backbone, detector } = this.#needEyes();
    const { crop, frameStep, frameFill } = this.#card;
    const steps = { frameStep, frameFill };
    const face = detectFace(detector, frames, shape, 0);
    if (crop === "none") {
      const { pixels, size } = this.#wholePicture(frames, shape);
      return { rows: embedFrames(backbone, pixels, size, steps).embeddings, face };
    }
    const box = steadySquare(face ? [...faces, face] : faces, shape);
    const crops = resample(frames, shape, box, CROP_SIZE);
    const size = { n: shape.n, height: CROP_SIZE, width: CROP_SIZE };
    const { embeddings } = embedFrames(backbone, crops, size, steps);
    return { rows: this.#place(embeddings, { box, size: CROP_SIZE }), face };
  }

  /** Class probabilities of what was seen in a window, or why there are none. */
  judge({ rows, n, fps, face }: Sight): Float32Array | QualityFlag {
    if (n === 0 || n / fps < MIN_SECONDS) return "too-short";
    const { data } = this.#features(rows, fps, face) ?? {};
    return data ? this.#model.probabilities(data) : "no-face";
  }

  /** The features of what was seen; none where there is no face. */
  #features(rows: Float32Array, fps: number, face: boolean): Features | undefined {
    const { featureSize, channels } = this.#card.backbone;
    const looks = { frames: Math.round(this.#windowSeconds * this.#card.fps), fps: this.#card.fps };
    const set = this.#set;
    if (set.needs === "landmarks") {
      // The network that finds landmarks says by itself whether there is a face.
      const track = trackFromPlaced(rows, fps);
      return track && set.compute({ track }, looks);
    }
    if (!face) return undefined;
    const given = { rows, featureSize, fps };
    if (set.needs === "embeddings") return set.compute(given, { ...looks, channels });
    const head = this.#head!;
    return set.compute({ ...given, head }, { ...looks, units: head.units });
  }

  /** Frees model and networks. */
  dispose(): void {
    this.#model.dispose();
    this.#head?.dispose();
    this.#eyes?.backbone.dispose();
    this.#eyes?.detector.dispose();
  }

  #needEyes(): Eyes {
    if (!this.#eyes) {
      throw new InputError(
        "this recogniser was loaded without its networks: give it embeddings, not frames",
      );
    }
    return this.#eyes;
  }

  /** Frames stretched to the size that the model was trained on. */
  #wholePicture(
    frames: Uint8Array,
    shape: FrameShape,
  ): { pixels: Uint8Array; size: FrameShape } {
    const { height, width } = this.#card;
    if (shape.height === height && shape.width === width) return { pixels: frames, size: shape };
    const all = { x: 0, y: 0, width: shape.width, height: shape.height };
    return {
      pixels: resample(frames, shape, all, { height, width }),
      size: { n: shape.n, height, width },
    };
  }

  #place(embeddings: Float32Array, crop: Pick<CropInfo, "box" | "size">): Float32Array {
    return this.#set.needs === "landmarks" ? placeLandmarks(embeddings, crop) : embeddings;
  }
}

import type { Backbone, FrameShape } from "../../models/backbone.ts";
import { FACE_MESH_FEATURES } from "../../models/face_mesh_features.ts";
import type { FaceDetection } from "../../models/face_detector.ts";
import type { Features } from "../features/feature_set.ts";
import type { FrameHead } from "../features/frame_head.ts";
import type { FeatureSetOfModality } from "../features/registry.ts";
import { countedRows } from "../numeric/counted_rows.ts";
import { Matrix } from "../numeric/matrix.ts";
import { splitColumns } from "../classify/split_columns.ts";
import { CROP_SIZE, type CropInfo } from "../vision/crop_faces.ts";
import { embedClip } from "../vision/embed_clip.ts";
import { embedFrames } from "../vision/embed_frames.ts";
import { chooseFaces } from "../vision/faces/choose_faces.ts";
import type { FaceReport } from "../vision/faces/face_report.ts";
import type { Posture } from "../vision/faces/posture.ts";
import { PostureWatch } from "../vision/faces/posture_watch.ts";
import { sparingDetector } from "../vision/faces/sparing_detector.ts";
import { splitStays } from "../vision/faces/split_stays.ts";
import { steadySquare } from "../vision/faces/steady_square.ts";
import { watchFaces } from "../vision/faces/watch_faces.ts";
import { placeLandmarks, trackFromPlaced } from "../vision/landmarks/track_from_embeddings.ts";
import { joinBackbones } from "../vision/join_backbones.ts";
import { resample } from "../vision/resample.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import { cardFeatures } from "./bundle/card_features.ts";
import { InputError } from "./input_error.ts";
import { MIN_SECONDS } from "./check_input.ts";
import type { ModalityModel } from "./modality_model.ts";
import type { VideoCard } from "./bundle/model_card.ts";
import { disposeEyes, type Eyes } from "./networks.ts";
import type { Flaw } from "./prediction.ts";

/** What the backbone says of some frames. */
export interface Sight {
  /** One row a frame [n, featureSize]; landmarks are in pixels of the frame. */
  readonly rows: Float32Array;
  /**
   * 1 for each frame that counts [n]. A frame that does not show the judged face does not; its row is that of
   * the nearest frame that does.
   */
  readonly counts: Uint8Array;
  /** Number of frames. */
  readonly n: number;
  /** Frames a second. */
  readonly fps: number;
  /** What the looks saw; undefined where embeddings stand for the picture: then there is a face. */
  readonly report?: FaceReport;
}

/** What a group of frames of a stream gave. */
export interface GroupSight {
  /** One row a frame. */
  readonly rows: Float32Array;
  /** The faces of its first frame. */
  readonly faces: readonly FaceDetection[];
  /** That of them which it was cropped to; undefined where the judged face does not show. */
  readonly judged: FaceDetection | undefined;
  /** How that face lies, where there is a face mesh to tell. */
  readonly posture: Posture | undefined;
}

/** The face's part of a recogniser. */
export class Watcher {
  readonly #card: VideoCard;
  readonly #set: FeatureSetOfModality<"video">;
  readonly #eyes: Eyes | undefined;
  readonly #backbone: Backbone | undefined;
  readonly #head: FrameHead | undefined;
  readonly #model: ModalityModel;
  readonly #windowSeconds: number;

  /**
   * Takes model and networks over: disposing the watcher disposes them. Without eyes it takes embeddings.
   *
   * @throws {BundleError} If the card names no features of a picture, or such that need the face mesh where none is.
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
    this.#backbone = eyes && backboneOf(this.#set, eyes);
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

  /** Whether a frame counts only where it shows the judged face: not where the model sees whole pictures. */
  get needsFace(): boolean {
    return this.#card.crop === "face";
  }

  /**
   * The faces of a picture, RGB [height, width, 3].
   *
   * @throws {InputError} If there is nothing to look with.
   */
  findFaces(picture: Uint8Array, height: number, width: number): FaceDetection[] {
    return this.#needEyes().detector.detect(picture, height, width);
  }

  /** What follows how a face lies in a stream; undefined where there is no face mesh to tell. */
  watchPosture(): PostureWatch | undefined {
    return this.#eyes?.mesh && new PostureWatch(this.#eyes.mesh);
  }

  /**
   * Looks at the RGB frames of a window, `frames` [n, height, width, 3].
   *
   * @throws {InputError} If there is nothing to look with.
   */
  look(frames: Uint8Array, shape: FrameShape, fps: number): Sight {
    const { n } = shape;
    const counts = new Uint8Array(n).fill(1);
    if (n === 0) return { rows: new Float32Array(0), counts, n, fps };
    const { detector, mesh } = this.#needEyes();
    const backbone = this.#backbone!;
    const { crop, frameStep, frameFill, detection } = this.#card;
    // A new one a window: what a window shows does not depend on what was looked at before.
    const sparing = detection === "changed" ? sparingDetector(detector) : detector;
    const eyes = { detector: sparing, mesh };
    if (crop === "face") {
      const clip = embedClip(backbone, frames, shape, { eyes, fps, frameStep, frameFill });
      const { counts, report } = clip.crop!;
      return { rows: this.#place(clip.embeddings, clip.crop!), counts, n, fps, report };
    }
    const { pixels, size } = this.#wholePicture(frames, shape);
    const { embeddings } = embedFrames(backbone, pixels, size, { frameStep, frameFill });
    const { report } = watchFaces(eyes, frames, shape, fps);
    return { rows: embeddings, counts, n, fps, report };
  }

  /**
   * Looks at a few frames of a stream, of which the first lies at `time`, in seconds. They are cropped to the
   * face that is judged by the looks so far.
   *
   * @param past The faces that each look before this one found.
   * @param watch What tells how the face lies.
   * @throws {InputError} If there is nothing to look with.
   */
  lookAtGroup(
    time: number,
    frames: Uint8Array,
    shape: FrameShape,
    past: readonly (readonly FaceDetection[])[],
    watch: PostureWatch | undefined,
  ): GroupSight {
    const { detector } = this.#needEyes();
    const backbone = this.#backbone!;
    const { crop, frameStep, frameFill } = this.#card;
    const steps = { frameStep, frameFill };
    const first = frames.subarray(0, shape.height * shape.width * 3);
    const faces = detector.detect(first, shape.height, shape.width);
    const choice = chooseFaces([...past, faces]);
    const judged = choice.at(-1);
    const posture = judged && watch?.see(time, first, shape, judged);
    if (crop === "none") {
      const { pixels, size } = this.#wholePicture(frames, shape);
      const rows = embedFrames(backbone, pixels, size, steps).embeddings;
      return { rows, faces, judged, posture };
    }
    const box = steadySquare(splitStays(choice).at(-1)?.faces ?? [], shape);
    const crops = resample(frames, shape, box, CROP_SIZE);
    const size = { n: shape.n, height: CROP_SIZE, width: CROP_SIZE };
    const { embeddings } = embedFrames(backbone, crops, size, steps);
    const boxes = new Array(shape.n).fill(box);
    return { rows: this.#place(embeddings, { boxes, size: CROP_SIZE }), faces, judged, posture };
  }

  /** Numbers that a speaker is known by. */
  get channels(): number {
    return this.#model.channels;
  }

  /**
   * Class probabilities of what was seen in a window, or why there are none.
   *
   * @param speaker What is known of whose face it is.
   */
  judge(sight: Sight, speaker?: Float64Array): Float32Array | Flaw {
    return this.#model.probabilities(this.#usable(sight), speaker);
  }

  /** What was seen says of whose face it is, or why it says nothing. */
  describe(sight: Sight): Float64Array | Flaw {
    return this.#model.describe(this.#usable(sight));
  }

  #usable(sight: Sight): Float32Array | Flaw {
    if (sight.n === 0 || sight.n / sight.fps < MIN_SECONDS) return "too-short";
    return this.#features(sight)?.data ?? "no-face";
  }

  /** The features of what was seen; none where there is no face. */
  #features({ rows, counts, fps, report }: Sight): Features | undefined {
    const { featureSize, channels } = this.#card.backbone;
    const looks = { frames: Math.round(this.#windowSeconds * this.#card.fps), fps: this.#card.fps };
    const set = this.#set;
    if (set.needs === "landmarks") {
      // The network that finds landmarks says by itself whether there is a face.
      const track = trackFromPlaced(rows, counts, fps);
      return track && set.compute({ track }, looks);
    }
    if (report?.found === 0) return undefined;
    if (set.needs === "embeddings+landmarks") {
      const widths = [featureSize - FACE_MESH_FEATURES, FACE_MESH_FEATURES];
      const [seen, points] = splitColumns(new Matrix(counts.length, featureSize, rows), widths);
      const track = trackFromPlaced(points.data, counts, fps);
      const own = { rows: countedRows(seen.data, counts), featureSize: seen.cols, fps };
      return track && set.compute({ ...own, track }, { ...looks, channels });
    }
    const given = { featureSize, fps };
    if (set.needs === "embeddings") {
      return set.compute({ ...given, rows: countedRows(rows, counts) }, { ...looks, channels });
    }
    const head = this.#head!;
    return set.compute({ ...given, rows, head }, { ...looks, units: head.units });
  }

  /** Frees model and networks. */
  dispose(): void {
    this.#model.dispose();
    this.#head?.dispose();
    if (this.#eyes) disposeEyes(this.#eyes);
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

  #place(embeddings: Float32Array, crop: Pick<CropInfo, "boxes" | "size">): Float32Array {
    const { needs } = this.#set;
    if (needs === "landmarks") return placeLandmarks(embeddings, crop);
    if (needs !== "embeddings+landmarks") return embeddings;
    return placeLandmarks(embeddings, crop, this.featureSize - FACE_MESH_FEATURES);
  }
}

/** What describes frames: the backbone alone, or the face mesh beside it. */
function backboneOf(
  { name, needs }: FeatureSetOfModality<"video">,
  { backbone, mesh }: Eyes,
): Backbone {
  if (needs !== "embeddings+landmarks") return backbone;
  if (!mesh) throw new BundleError(`the features "${name}" need a face mesh, which is not there`);
  return joinBackbones(backbone, mesh);
}

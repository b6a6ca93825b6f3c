import { type Backbone, checkFrames, type FrameShape } from "../../models/backbone.ts";

/** What stands for frames that were not embedded: the one before them, or a mixture. */
export type FrameFill = "repeat" | "interpolate";

/** Names of the ways to fill the frames between embedded ones. */
export const FRAME_FILLS: readonly FrameFill[] = ["repeat", "interpolate"];

/** Which frames of a clip are embedded. */
export interface FrameStepOptions {
  /**
   * The first frame and every `frameStep`-th one after it are embedded; 1 means all.
   *
   * @default {1}
   */
  readonly frameStep?: number;
  /**
   * What the frames between two embedded ones get: the features of the one before, or both in
   * proportion to how near they are. Frames after the last embedded one get its features.
   *
   * @default {"repeat"}
   */
  readonly frameFill?: FrameFill;
}

/** The embeddings of a clip. */
export interface FrameEmbeddings {
  /** One row of features a frame: [n, featureSize]. */
  readonly embeddings: Float32Array<ArrayBuffer>;
  /** Features of a frame. */
  readonly featureSize: number;
  /** How many frames went through the network. */
  readonly computed: number;
}

/**
 * Embeds a clip, `frames` [n, height, width, 3]. A frame equal to the one embedded before it, as
 * resampling to a higher frame rate and padding with the last frame make them, takes that one's
 * features: a backbone's features depend on the frame alone, so the result is the same.
 *
 * With `frameStep` above 1 only some frames are embedded, and the others get approximate features.
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says, or the step is not a positive
 * integer.
 */
export function embedFrames(
  backbone: Backbone,
  frames: Uint8Array,
  shape: FrameShape,
  { frameStep = 1, frameFill = "repeat" }: FrameStepOptions = {},
): FrameEmbeddings {
  checkFrames(frames, shape);
  if (!Number.isSafeInteger(frameStep) || frameStep < 1) {
    throw new RangeError(`frameStep must be a positive integer, got ${frameStep}`);
  }
  const { n, height, width } = shape;
  const featureSize = backbone.featureSize(height, width);
  const length = height * width * 3;
  const at = (i: number) => frames.subarray(i * length, (i + 1) * length);
  const distinct: number[] = [];
  /** Which distinct frame each key frame is. */
  const source: number[] = [];
  for (let i = 0; i < n; i += frameStep) {
    if (i === 0 || !equal(at(i), at(i - frameStep))) distinct.push(i);
    source.push(distinct.length - 1);
  }
  const computed = distinct.length;
  if (computed === n) {
    return { embeddings: backbone.embed(frames, shape), featureSize, computed };
  }
  const packed = new Uint8Array(computed * length);
  distinct.forEach((frame, i) => packed.set(at(frame), i * length));
  const features = backbone.embed(packed, { n: computed, height, width });
  const row = (key: number) =>
    features.subarray(source[key] * featureSize, (source[key] + 1) * featureSize);
  const embeddings = new Float32Array(n * featureSize);
  for (let i = 0; i < n; i++) {
    const key = Math.floor(i / frameStep);
    const out = embeddings.subarray(i * featureSize, (i + 1) * featureSize);
    out.set(row(key));
    if (frameFill === "interpolate" && key + 1 < source.length) {
      const next = row(key + 1);
      const part = (i % frameStep) / frameStep;
      for (let j = 0; j < featureSize; j++) out[j] += part * (next[j] - out[j]);
    }
  }
  return { embeddings, featureSize, computed };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

import { type Backbone, checkFrames, type FrameShape } from "../../models/backbone.ts";

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
 * Embeds a clip, `frames` [n, height, width, 3]. A frame equal to the one before it, as resampling to
 * a higher frame rate and padding with the last frame make them, takes that one's features: a
 * backbone's features depend on the frame alone, so the result is the same.
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says.
 */
export function embedFrames(
  backbone: Backbone,
  frames: Uint8Array,
  shape: FrameShape,
): FrameEmbeddings {
  checkFrames(frames, shape);
  const { n, height, width } = shape;
  const featureSize = backbone.featureSize(height, width);
  const length = height * width * 3;
  const at = (i: number) => frames.subarray(i * length, (i + 1) * length);
  const distinct: number[] = [];
  /** Which distinct frame each frame is. */
  const source = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (i === 0 || !equal(at(i), at(i - 1))) distinct.push(i);
    source[i] = distinct.length - 1;
  }
  const computed = distinct.length;
  if (computed === n) {
    return { embeddings: backbone.embed(frames, shape), featureSize, computed };
  }
  const packed = new Uint8Array(computed * length);
  distinct.forEach((frame, i) => packed.set(at(frame), i * length));
  const features = backbone.embed(packed, { n: computed, height, width });
  const embeddings = new Float32Array(n * featureSize);
  for (let i = 0; i < n; i++) {
    const from = source[i] * featureSize;
    embeddings.set(features.subarray(from, from + featureSize), i * featureSize);
  }
  return { embeddings, featureSize, computed };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

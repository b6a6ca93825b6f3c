import { Matrix } from "../../numeric/matrix.ts";
import type { Combiner } from "../../evaluate/sample_table.ts";
import type { FrameTimes } from "./fold.ts";

/** How the numbers of a sequence are laid out. */
export interface FrameLayout {
  /** Numbers a frame. */
  readonly channels: number;
  /**
   * When the frames are.
   *
   * @default {they divide the clip evenly}
   */
  readonly times?: FrameTimes;
}

/** A sequence of frames a sample. */
export interface FrameMatrix extends FrameLayout {
  /** One row a sample, frame after frame. */
  readonly matrix: Matrix;
}

/** Joins tables of all samples, the voice's and the face's, by {@linkcode joinFrames}. */
export class FrameJoiner implements Combiner {
  readonly #voice: FrameLayout;
  readonly #face: FrameLayout;

  /** Joins sequences that are laid out like this. */
  constructor(voice: FrameLayout, face: FrameLayout) {
    this.#voice = voice;
    this.#face = face;
  }

  /** The frames of both, [samples, frames of the face, channels of both]. */
  combine([voice, face]: readonly Matrix[]): Matrix {
    return joinFrames({ ...this.#voice, matrix: voice }, { ...this.#face, matrix: face });
  }
}

/**
 * Early fusion of two sequences: every frame of `face`, which divide the clip evenly, beside the mean of
 * the frames of `voice` that fall into it, [samples, frames of the face, channels of both]. Before the
 * voice's first frame and after its last these stand for what is not there.
 */
export function joinFrames(voice: FrameMatrix, face: Omit<FrameMatrix, "times">): Matrix {
  const { rows } = face.matrix;
  const frames = face.matrix.cols / face.channels;
  const voiceFrames = voice.matrix.cols / voice.channels;
  const channels = voice.channels + face.channels;
  const out = new Matrix(rows, frames * channels);
  for (let row = 0; row < rows; row++) {
    const [heard, seen, joined] = [voice.matrix.row(row), face.matrix.row(row), out.row(row)];
    /** How many frames of the voice begin before the face's frame number `frame` does. */
    const before = (frame: number) => {
      const { times } = voice;
      const at = times === undefined
        ? (frame * voiceFrames) / frames
        : (frame / frames - times.starts[row]) / times.step;
      return Math.min(Math.max(Math.floor(at), 0), voiceFrames);
    };
    for (let frame = 0; frame < frames; frame++) {
      const from = Math.min(before(frame), voiceFrames - 1);
      const to = Math.max(from + 1, before(frame + 1));
      const at = frame * channels;
      for (let i = from; i < to; i++) {
        for (let c = 0; c < voice.channels; c++) {
          joined[at + c] += heard[i * voice.channels + c] / (to - from);
        }
      }
      const shown = seen.subarray(frame * face.channels, (frame + 1) * face.channels);
      joined.set(shown, at + voice.channels);
    }
  }
  return out;
}

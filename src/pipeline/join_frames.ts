import { Matrix } from "../nn/matrix.ts";

/** A sequence of frames a sample. */
export interface FrameMatrix {
  /** One row a sample, frame after frame. */
  readonly matrix: Matrix;
  /** Numbers a frame. */
  readonly channels: number;
}

/**
 * Early fusion of two sequences that last equally long: every frame of `face` beside the mean of the
 * frames of `voice` that fall into it, [samples, frames of the face, channels of both].
 */
export function joinFrames(voice: FrameMatrix, face: FrameMatrix): Matrix {
  const { rows } = face.matrix;
  const frames = face.matrix.cols / face.channels;
  const voiceFrames = voice.matrix.cols / voice.channels;
  const channels = voice.channels + face.channels;
  const out = new Matrix(rows, frames * channels);
  for (let row = 0; row < rows; row++) {
    const [heard, seen, joined] = [voice.matrix.row(row), face.matrix.row(row), out.row(row)];
    for (let frame = 0; frame < frames; frame++) {
      const from = Math.floor((frame * voiceFrames) / frames);
      const to = Math.max(from + 1, Math.floor(((frame + 1) * voiceFrames) / frames));
      const at = frame * channels;
      for (let i = from; i < to; i++) {
        for (let c = 0; c < voice.channels; c++) {
          joined[at + c] += heard[i * voice.channels + c] / (to - from);
        }
      }
      const place = seen.subarray(frame * face.channels, (frame + 1) * face.channels);
      joined.set(place, at + voice.channels);
    }
  }
  return out;
}

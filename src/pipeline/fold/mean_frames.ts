import type { Transformer } from "../../evaluate/sample_table.ts";
import { Matrix } from "../../numeric/matrix.ts";

/**
 * Thins sequences, [n, frames * channels] frame after frame, to at most so many frames: each is the mean of as many
 * neighbours as it takes. What is left of the last frames, fewer than that, is left out.
 */
export class MeanFrames implements Transformer {
  readonly #channels: number;
  readonly #most: number;

  /** Thins sequences of `channels` numbers a frame to at most `most` frames. */
  constructor(channels: number, most: number) {
    this.#channels = channels;
    this.#most = most;
  }

  /** The means [n, frames that are left * channels]; `x` itself where there is nothing to thin. */
  transform(x: Matrix): Matrix {
    const channels = this.#channels;
    const frames = x.cols / channels;
    const step = Math.ceil(frames / this.#most);
    if (step < 2) return x;
    const out = new Matrix(x.rows, Math.floor(frames / step) * channels);
    for (let r = 0; r < x.rows; r++) {
      const [from, to] = [x.row(r), out.row(r)];
      for (let i = 0; i < to.length; i++) {
        const first = Math.floor(i / channels) * step * channels + i % channels;
        let sum = 0;
        for (let k = 0; k < step; k++) sum += from[first + k * channels];
        to[i] = sum / step;
      }
    }
    return out;
  }
}

/** Magnitudes or powers of the bins of a discrete Fourier transform, over time. */
export interface Spectrogram {
  /** Magnitudes or powers, [nBins, nFrames] row by row: first the lowest bin of every frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of bins (rows): 1 + nFft / 2. Bin k lies at k x sample rate / nFft Hz. */
  readonly nBins: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

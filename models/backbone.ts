/** How many frames there are and how large they are. */
export interface FrameShape {
  /** Number of frames. */
  readonly n: number;
  /** Rows of a frame, in pixels. */
  readonly height: number;
  /** Columns of a frame, in pixels. */
  readonly width: number;
}

/** What identifies a backbone in results, caches and licences. */
export interface BackboneInfo {
  /** The backbone's name in flags and results. */
  readonly name: string;
  /**
   * SHA-256 (hexadecimal) of the weights: equal hashes mean equal embeddings, so caches are keyed by
   * it. A backbone with seeded weights hashes its name and seed instead.
   */
  readonly weightsHash: string;
  /** What the weights may be used for. */
  readonly licence: string;
  /** Where the weights come from. */
  readonly source: string;
  /** How many features describe one place of the picture: `featureSize` is a multiple of it. */
  readonly channels: number;
  /** How many features a frame of `height` x `width` pixels gives. */
  featureSize(height: number, width: number): number;
}

/**
 * A frozen network that turns frames into feature vectors. The features of a frame depend on that
 * frame alone, bit for bit: not on the frames beside it, their number or the batch they ran in.
 */
export interface Backbone extends BackboneInfo {
  /**
   * Embeds RGB frames, `frames` [n, height, width, 3] with values 0 to 255, and returns
   * [n, featureSize(height, width)], row-major.
   *
   * @throws {RangeError} If `frames` does not hold `n * height * width * 3` values, or the frames are
   * too small for the network.
   */
  embed(frames: Uint8Array, shape: FrameShape): Float32Array<ArrayBuffer>;

  /** Frees the weights. The backbone cannot be used afterwards. */
  dispose(): void;
}

/**
 * Checks that `frames` holds what `shape` promises.
 *
 * @throws {RangeError} If a size is not a positive integer (`n` may be 0) or the number of values is
 * another.
 */
export function checkFrames(frames: Uint8Array, { n, height, width }: FrameShape): void {
  if (![n, height, width].every(Number.isSafeInteger) || n < 0 || height < 1 || width < 1) {
    throw new RangeError(`frames cannot have the shape [${n}, ${height}, ${width}, 3]`);
  }
  if (frames.length !== n * height * width * 3) {
    throw new RangeError(
      `frames of shape [${n}, ${height}, ${width}, 3] need ${n * height * width * 3} values, ` +
        `got ${frames.length}`,
    );
  }
}

/** What identifies a trained ear in results, caches and licences. */
export interface EarInfo {
  /** The network's name in results and cards, such as `whisper-tiny`. */
  readonly name: string;
  /** SHA-256 (hexadecimal) of the weights: equal hashes mean equal features, so caches are keyed by it. */
  readonly weightsHash: string;
  /** What the weights may be used for. */
  readonly licence: string;
  /** Where the weights come from. */
  readonly source: string;
  /** Samples a second that it hears, in Hz. */
  readonly sampleRate: number;
  /** Rows a second that each layer gives. */
  readonly rowsPerSecond: number;
  /** Number of its layers, what enters the first one among them. */
  readonly layers: number;
  /** Numbers a row. */
  readonly width: number;
  /** What it is given of a sound. */
  readonly input: EarInput;
}

/** What a trained ear is given of a sound: see `hear()`. */
export type EarInput = "whisper-log-mel" | "samples";

/** A frozen network that turns a sound into rows of numbers, a matrix a layer. It knows no window: a longer sound
 * gives more rows. */
export interface Ear extends EarInfo {
  /** The most rows of its input that it can be given at once. */
  readonly most: number;

  /**
   * What every layer makes of `rows` rows of its input: `layers` matrices [n, width], row by row. Those behind the
   * layer `through`, counted from 0, may be left out.
   *
   * @throws {RangeError} If there are no rows, or more than `most`.
   */
  listen(input: Float32Array, rows: number, through?: number): Float32Array[];

  /** Frees the weights. The ear cannot be used afterwards. */
  dispose(): void;
}

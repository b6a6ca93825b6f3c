/** The clips that a run may read, and the hashes of its networks' weights. */
export interface RunFiles {
  /** Names of the clips. */
  readonly clips: readonly string[];
  /** SHA-256 of the backbone's weights; null where there is none. */
  readonly weights: string | null;
  /** SHA-256 of the trained ear's weights; null where there is none. */
  readonly ear: string | null;
}

/** What a run reports while it works. */
export interface RunHooks {
  /** What the run works with, before the long work. */
  readonly onInputs?: (inputs: RunFiles) => void;
  /** What people should know of the inputs, a line each, when the long work begins. */
  readonly onRemarks?: (remarks: readonly string[]) => void;
  /** Features: samples done, their number, and how many came from the store. */
  readonly onFeatures?: (done: number, total: number, cached: number) => void;
  /** Models: steps done, their number, and what is being fitted. */
  readonly onModels?: (done: number, total: number, what: string) => void;
}

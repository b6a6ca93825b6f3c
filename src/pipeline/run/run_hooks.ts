/** What a run reports while it works. */
export interface RunHooks {
  /** The clips that the run may read, and the hash of its backbone's weights, before the long work. */
  readonly onInputs?: (inputs: { clips: readonly string[]; weights: string | null }) => void;
  /** What people should know of the inputs, a line each, when the long work begins. */
  readonly onRemarks?: (remarks: readonly string[]) => void;
  /** Features: samples done, their number, and how many came from the store. */
  readonly onFeatures?: (done: number, total: number, cached: number) => void;
  /** Models: steps done, their number, and what is being fitted. */
  readonly onModels?: (done: number, total: number, what: string) => void;
}

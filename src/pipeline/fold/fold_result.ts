import type { FoldOutcome } from "./evaluate_fold.ts";

/** What evaluating a fold in a worker gave. */
export interface FoldResult extends FoldOutcome {
  /** Name of the tfjs backend that its networks were trained on. */
  readonly tfjsBackend: string;
}

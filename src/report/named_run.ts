import type { Results } from "../pipeline/run/results.ts";

/** A run and what it is called on the page. */
export interface NamedRun {
  /** What tells it from the others. */
  readonly name: string;
  /** Content of its `results.json`. */
  readonly results: Results;
}

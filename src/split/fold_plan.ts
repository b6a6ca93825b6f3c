import type { GroupBy } from "../corpus/group_values.ts";

/** K folds, several times over with other folds each time. */
export interface RepeatedFolds {
  /** Number of folds. */
  readonly folds: number;
  /** How often the samples are divided. */
  readonly repeats: number;
}

/** One test set, the rest is for training. */
export interface HoldOut {
  /** Share of the samples in the test set, between 0 and 1. */
  readonly holdOut: number;
}

/** A fold a group of samples, such as one language: it is tested, the others train. */
export interface LeaveOut {
  /** What divides samples into groups. */
  readonly leaveOut: GroupBy;
}

/** A fold of a user's own: its test set by speakers or by takes. */
export interface GivenFold {
  /** Its name, fit for a file name. */
  readonly name: string;
  /**
   * The speakers or the takes that it tests, in one list called `speakers`, `takes`, or what the corpus
   * calls them.
   */
  readonly [list: string]: string | readonly (string | number)[] | undefined;
}

/** A user's own folds, with the file that they came from; one alone is a fixed split. */
export interface GivenFolds {
  /** Name of the file, without its folder. */
  readonly file: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** What each fold tests. */
  readonly folds: readonly GivenFold[];
}

/**
 * How samples are divided, as plain JSON: a number of folds, `loso` (leave one speaker out: a fold a
 * speaker), `manifest` (the sides that a list of clips states), the name of published folds of the corpus, repeated folds, a
 * hold-out, an attribute whose groups are left out one by one, or a user's own folds or split.
 */
export type FoldPlan =
  | number
  | string
  | RepeatedFolds
  | HoldOut
  | LeaveOut
  | GivenFolds;

/**
 * A few words on the folds of a plan, for tables; nothing on a mere number of folds.
 *
 * @example
 * ```ts
 * import { describeFoldPlan } from "./fold_plan.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(describeFoldPlan({ folds: 5, repeats: 10 }), "5 folds, 10 times");
 * ```
 */
export function describeFoldPlan(plan: FoldPlan | null): string {
  if (plan === null || typeof plan === "number") return "";
  if (plan === "loso") return "one speaker left out";
  if (plan === "manifest") return "the list's own split";
  if (typeof plan === "string") return plan;
  if ("holdOut" in plan) return `${Number((100 * plan.holdOut).toFixed(1))} % held out`;
  if ("leaveOut" in plan) return `one ${plan.leaveOut.attribute} left out`;
  if (!("file" in plan)) return `${plan.folds} folds, ${plan.repeats} times`;
  const { file, folds } = plan;
  return folds.length === 1 ? `fold ${folds[0].name} of ${file}` : `of ${file}`;
}

import type { RecipePlan } from "../pipeline/recipes/recipe.ts";
import type { FoldStep } from "./plan.ts";

/**
 * What is fitted, fold by fold and in each recipe by recipe: plans of one recipe that stand side by side, such as its
 * normalisations, share what is fitted for them and are one step.
 *
 * @example
 * ```ts
 * import { foldSteps } from "./fold_steps.ts";
 * import assert from "node:assert/strict";
 *
 * const plans = [
 *   { recipe: "tutorial", normalisation: "none" },
 *   { recipe: "statistics", normalisation: "train" },
 *   { recipe: "statistics", normalisation: "own" },
 * ] as const;
 * assert.deepEqual(foldSteps(["fold-1", "fold-2"], plans).map(({ plans }) => plans), [
 *   [0, 1],
 *   [1, 3],
 *   [0, 1],
 *   [1, 3],
 * ]);
 * ```
 */
export function foldSteps(folds: readonly string[], plans: readonly RecipePlan[]): FoldStep[] {
  const blocks: { recipe: string; plans: [number, number] }[] = [];
  for (const [i, { recipe }] of plans.entries()) {
    const last = blocks.at(-1);
    if (last?.recipe === recipe) last.plans[1] = i + 1;
    else blocks.push({ recipe, plans: [i, i + 1] });
  }
  return folds
    .flatMap((fold) => blocks.map((block) => ({ fold, ...block })))
    .map((step, shard) => ({ shard, ...step }));
}

import type { RunNetworks } from "../pipeline/extract/run_networks.ts";
import type { OpenPlan } from "./plan.ts";
import { PlanError } from "./plan_error.ts";

/**
 * Checks that the networks of a run are those of its plan.
 *
 * @throws {PlanError} If the weights of one are others; the message names it.
 */
export function checkWeights(
  { dir, plan: { weights, ear } }: OpenPlan,
  networks: RunNetworks,
): void {
  const now = {
    "of the backbone": [networks.backbone?.weightsHash ?? null, weights],
    "of the ear": [networks.ear?.weightsHash ?? null, ear],
  };
  for (const [what, [found, planned]] of Object.entries(now)) {
    if (found === planned) continue;
    throw new PlanError(
      `${dir}: the weights ${what} have changed since the plan: ${found}, then ${planned}`,
    );
  }
}

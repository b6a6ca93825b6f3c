import { createHash } from "node:crypto";
import type { RunPlaces } from "../pipeline/config.ts";
import { findInputs, type RunInputs } from "../pipeline/run/find_inputs.ts";
import { checkWeights } from "./check_weights.ts";
import type { OpenPlan } from "./plan.ts";
import { PlanError } from "./plan_error.ts";
import { sampleLine } from "./samples/sample_line.ts";

/**
 * What the run of a plan starts from, found again as the run itself finds it.
 *
 * @throws {PlanError} If the samples or the weights are no longer those that were planned.
 * @throws As `findInputs` does.
 */
export async function plannedInputs(open: OpenPlan, places: RunPlaces): Promise<RunInputs> {
  const { dir, plan } = open;
  const inputs = await findInputs(plan.config, places);
  checkWeights(open, inputs.networks);
  const hash = createHash("sha256");
  for (const sample of inputs.found.samples) hash.update(`${sampleLine(sample, dir)}\n`);
  if (hash.digest("hex") === plan.samples.sha256) return inputs;
  throw new PlanError(
    `${dir}: the clips are no longer those that were planned: ${inputs.found.samples.length} samples, ` +
      `then ${plan.samples.count}; plan again`,
  );
}

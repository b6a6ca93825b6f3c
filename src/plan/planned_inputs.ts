import { createHash } from "node:crypto";
import type { RunPlaces } from "../pipeline/config.ts";
import { findInputs, type RunInputs } from "../pipeline/run/find_inputs.ts";
import { checkWeights } from "./check_weights.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import { linesOf } from "./lines.ts";
import { type OpenPlan, samplesFile } from "./plan.ts";
import { PlanError } from "./plan_error.ts";
import { sampleLine } from "./samples/sample_line.ts";

/**
 * What the run of a plan starts from, found again as the run itself finds it.
 *
 * @throws {PlanError} If the samples (names of files, labels, speakers and so on: not the bytes of clips) or the weights
 * are no longer those that were planned.
 * @throws As `findInputs` does.
 */
export async function plannedInputs(open: OpenPlan, places: RunPlaces): Promise<RunInputs> {
  const { dir, plan } = open;
  const inputs = await findInputs(plan.config, places);
  checkWeights(open, inputs.networks);
  const hash = createHash("sha256");
  for (const sample of inputs.found.samples) hash.update(`${sampleLine(sample, dir)}\n`);
  if (hash.digest("hex") === plan.samples.sha256) return inputs;
  const { samples } = inputs.found;
  throw new PlanError(
    `${dir}: the samples are no longer those that were planned: ${samples.length}, ` +
      `then ${plan.samples.count}; ${await firstChange(dir, samples)}; plan again`,
  );
}

/** Names the first sample that is not as in the file of the plan. */
async function firstChange(dir: string, samples: readonly Sample[]): Promise<string> {
  let i = 0;
  try {
    for await (const line of linesOf(samplesFile(dir))) {
      const now = samples[i++];
      if (now && sampleLine(now, dir) === line) continue;
      const { id } = JSON.parse(line) as Pick<Sample, "id">;
      const other = now && now.id !== id ? `, where ${now.id} is now` : "";
      return `the first that differs is number ${i}, ${id}${other}`;
    }
  } catch {
    // The file itself was changed: it tells no more than that.
  }
  return samples[i] ? `${samples[i].id} is new` : "what lists them was changed";
}

import { stat } from "node:fs/promises";
import { describeFailure } from "../../runtime/describe_failure.ts";
import type { Sample } from "../../pipeline/samples/samples.ts";
import { linesOf } from "../lines.ts";
import { type ExtractShard, type OpenPlan, samplesFile } from "../plan.ts";
import { PlanError } from "../plan_error.ts";
import { placeFrom } from "../plan_places.ts";
import { sampleOfLine } from "./sample_line.ts";

/**
 * The samples of a shard: its lines alone are read, so that of the rest of the file the length alone is checked.
 *
 * @throws {PlanError} If the file of the samples is not that of the plan.
 */
export async function readSamples(
  { dir, plan: { places, extract } }: OpenPlan,
  { samples: count, bytes }: ExtractShard,
): Promise<Sample[]> {
  const folders = (places.folders ?? [{ dir: places.data }])
    .map((folder) => ({ ...folder, dir: placeFrom(dir, folder.dir) }));
  const file = samplesFile(dir);
  const samples: Sample[] = [];
  try {
    const length = extract.at(-1)!.bytes[1];
    const { size } = await stat(file);
    if (size !== length) throw new Error(`it has ${size} bytes where the plan has ${length}`);
    for await (const line of linesOf(file, bytes)) samples.push(sampleOfLine(line, dir, folders));
  } catch (cause) {
    throw new PlanError(
      `${file} is not that of the plan: ${describeFailure(cause)}; plan again`,
      { cause },
    );
  }
  if (samples.length === count) return samples;
  throw new PlanError(
    `${file} has ${samples.length} samples where the plan has ${count}: plan again`,
  );
}

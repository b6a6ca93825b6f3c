import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { describeFailure, isSystemFailure } from "../runtime/describe_failure.ts";
import { isAbsent } from "../runtime/files/file_problem.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import { findSettings } from "../pipeline/run/find_inputs.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import { SampleDivider } from "./samples/divide_samples.ts";
import { foldSteps } from "./fold_steps.ts";
import { inBlocks } from "./lines.ts";
import { type OpenPlan, type Plan, PLAN_SCHEMA, planFile, samplesFile } from "./plan.ts";
import { PlanError } from "./plan_error.ts";
import { findSource } from "./samples/find_source.ts";
import { placesIn } from "./plan_places.ts";
import type { PlanSource } from "./samples/plan_source.ts";
import { sampleLine } from "./samples/sample_line.ts";
import { sampleSeconds } from "./samples/sample_seconds.ts";

/** How a run is planned. */
export interface PlanOptions {
  /** Absolute path of the plan's folder, made where it is missing. */
  readonly dir: string;
  /** How many shards clips are divided into, at most. */
  readonly shards: number;
  /**
   * The feature store.
   *
   * @default {whoever works on the plan says it}
   */
  readonly store?: string;
  /** Told what people should know of the inputs, a line each. */
  readonly onRemarks?: (remarks: readonly string[]) => void;
}

/**
 * Plans a run for many machines: finds its samples and checks all that can be checked before a clip is decoded, as the
 * run itself would, and writes what is to be done into a folder. The same inputs give the same plan, byte for byte.
 *
 * @throws {PlanError} If the folder holds another plan, or cannot be written to.
 * @throws As `findInputs` does.
 */
export async function makePlan(
  asked: RunConfig,
  places: Omit<RunPlaces, "out" | "store" | "workers">,
  { dir, shards, store, onRemarks }: PlanOptions,
): Promise<OpenPlan> {
  const settings = await findSettings(asked, {
    ...places,
    out: dir,
    store: store ?? "",
    workers: 1,
  });
  const source = await findSource(settings);
  onRemarks?.([...source.remarks, ...linesOfLeft(source)]);
  const { config, code, plans, networks: { backbone, ear } } = settings;
  const divider = new SampleDivider(source.seconds, shards);
  const hash = createHash("sha256");
  const lines = async function* () {
    for await (const sample of source.samples()) {
      const line = sampleLine(sample, dir);
      divider.add(
        sampleSeconds(sample, config.seconds),
        Buffer.byteLength(line) + 1,
        recordingOf(sample),
      );
      hash.update(line).update("\n");
      yield line;
    }
  };
  const gathered = `${samplesFile(dir)}.new`;
  try {
    await mkdir(dir, { recursive: true });
    await writeFileAtomically(gathered, inBlocks(lines()));
  } catch (error) {
    if (!isSystemFailure(error)) throw error;
    throw new PlanError(`${dir} cannot be written to: ${describeFailure(error)}`, { cause: error });
  }
  const plan: Plan = {
    schema: PLAN_SCHEMA,
    code,
    config,
    places: placesIn(dir, source.places, store),
    weights: backbone?.weightsHash ?? null,
    ear: ear?.weightsHash ?? null,
    samples: {
      count: source.count,
      seconds: Number(source.seconds.toFixed(3)),
      sha256: hash.digest("hex"),
    },
    extract: divider.finish(),
    folds: foldSteps(source.folds, plans),
  };
  try {
    await refuseOther(dir, planText(plan));
    await rename(gathered, samplesFile(dir));
  } finally {
    await rm(gathered, { force: true });
  }
  await writeFileAtomically(planFile(dir), planText(plan));
  return { dir, plan };
}

/** What is left out that are told one by one. */
const TOLD = 3;

/** What is left out, in lines for people; none where nothing is. */
function linesOfLeft({ left: { count, first } }: PlanSource): string[] {
  if (count === 0) return [];
  const told = first.slice(0, TOLD);
  return [
    `left out, as it gives no sample: ${count}`,
    ...told.map(({ file, reason }) => `  ${file}: ${reason}`),
    ...count > told.length ? [`  and ${count - told.length} more`] : [],
  ];
}

/** The text of `plan.json`: a line a shard, so that people can read it and tools compare it. */
function planText({ extract, folds, ...plan }: Plan): string {
  const head = JSON.stringify(plan, null, 2).slice(0, -2);
  const list = (shards: readonly unknown[]) =>
    `[\n${shards.map((shard) => `    ${JSON.stringify(shard)}`).join(",\n")}\n  ]`;
  return `${head},\n  "extract": ${list(extract)},\n  "folds": ${list(folds)}\n}\n`;
}

/** @throws {PlanError} If the folder holds a plan whose text is not this: work that is done would be lost or mixed. */
async function refuseOther(dir: string, text: string): Promise<void> {
  const there = await readFile(planFile(dir), "utf8").catch((error) => {
    if (isAbsent(error)) return text;
    throw error;
  });
  if (there === text) return;
  throw new PlanError(
    `${dir} holds another plan: of other clips, settings or code; name another folder, or delete it`,
  );
}

/** The recording that a sample is a part of. */
function recordingOf({ picture, sound }: Sample): string | undefined {
  const clip = picture[0] ?? sound[0];
  return clip?.span && clip.path;
}

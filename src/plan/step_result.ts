import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isAbsent } from "../runtime/files/file_problem.ts";
import { isThere } from "../runtime/files/is_there.ts";
import { readBytes } from "../runtime/files/read_bytes.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import {
  decodeSafetensors,
  safetensorsParts,
  type TensorArray,
  type TensorMap,
} from "../numeric/safetensors.ts";
import type { FoldResult } from "../pipeline/fold/fold_result.ts";
import type { ShardTime } from "./shard_result.ts";

/** What a step gave. */
export interface StepResult {
  /** What its fold gave; null where no clip that could be decoded is tested in it, so that there is no such fold. */
  readonly fold: FoldResult | null;
  /** Who did it. */
  readonly time: ShardTime;
}

/** Where a step gathers what it makes until it is done. */
export interface StepFolder extends AsyncDisposable {
  /** For the fitted models, in a folder of the fold's name. */
  readonly modelsDir: string;
  /** Puts the step at its place, with its models: at once, or, where another attempt was first, not at all. */
  complete(result: StepResult): Promise<void>;
}

/** Stands for an array that is a tensor of the file. */
interface Reference {
  readonly tensor: string;
}

/**
 * Makes a folder for what a step makes, in the place of what attempts that were killed left. Whoever calls it holds the
 * claim on the step.
 */
export async function openStep(dir: string, shard: number): Promise<StepFolder> {
  const steps = join(dir, "steps");
  await mkdir(steps, { recursive: true });
  for (const name of await readdir(steps)) {
    if (name.startsWith(`.${shard}.`)) {
      await rm(join(steps, name), { recursive: true, force: true });
    }
  }
  const own = join(steps, `.${shard}.${crypto.randomUUID()}`);
  const modelsDir = join(own, "models");
  await mkdir(modelsDir, { recursive: true });
  return {
    modelsDir,
    async complete(result) {
      await writeFileAtomically(join(own, TIME), JSON.stringify(result.time) + "\n");
      await writeFileAtomically(join(own, FILE), encodeResult(result.fold));
      try {
        await rename(own, stepDir(dir, shard));
      } catch (error) {
        if (!await isStepDone(dir, shard)) throw error;
      }
    },
    [Symbol.asyncDispose]: () => rm(own, { recursive: true, force: true }),
  };
}

/** Whether a step is done. */
export async function isStepDone(dir: string, shard: number): Promise<boolean> {
  return await isThere(join(stepDir(dir, shard), FILE));
}

/** What a step gave; undefined where it is not done. */
export async function readStep(dir: string, shard: number): Promise<StepResult | undefined> {
  try {
    const time = await readStepTime(dir, shard);
    if (!time) return undefined;
    return { fold: decodeResult(await readBytes(join(stepDir(dir, shard), FILE))), time };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Who did a step; undefined where it is not done. */
export async function readStepTime(dir: string, shard: number): Promise<ShardTime | undefined> {
  try {
    return JSON.parse(await readFile(join(stepDir(dir, shard), TIME), "utf8"));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Copies the models of a step into the folder of those of a run. */
export async function copyModels(dir: string, shard: number, to: string): Promise<void> {
  const from = join(stepDir(dir, shard), "models");
  for (const fold of await readdir(from)) {
    await mkdir(join(to, fold), { recursive: true });
    for (const name of await readdir(join(from, fold))) {
      await copyFile(join(from, fold, name), join(to, fold, name));
    }
  }
}

const FILE = "result.safetensors";
const TIME = "time.json";

function stepDir(dir: string, shard: number): string {
  return join(dir, "steps", String(shard));
}

/** A result as bytes: its arrays as tensors, all else as JSON in the metadata. */
function encodeResult(result: StepResult["fold"]): Uint8Array[] {
  const tensors: TensorMap = {};
  const text = JSON.stringify(result, (_, value) => {
    if (!ArrayBuffer.isView(value)) return value;
    const data = value as TensorArray;
    const tensor = String(Object.keys(tensors).length);
    tensors[tensor] = { shape: [data.length], data };
    return { tensor } satisfies Reference;
  });
  return safetensorsParts(tensors, { schema: "emofuse.step/1", result: text });
}

function decodeResult(bytes: Uint8Array<ArrayBuffer>): StepResult["fold"] {
  const { tensors, metadata } = decodeSafetensors(bytes);
  return JSON.parse(
    metadata.result,
    (_, value) =>
      typeof value?.tensor === "string" ? tensors[(value as Reference).tensor].data : value,
  );
}

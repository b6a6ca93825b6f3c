import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAbsent } from "../runtime/files/file_problem.ts";
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
export interface StepResult extends StepSummary {
  /** What its fold gave; null where no clip that could be decoded is tested in it, so that there is no such fold. */
  readonly fold: FoldResult | null;
}

/** What a step leaves last: it is done when that is there. */
export interface StepSummary {
  /** Name and version of this layout. */
  readonly schema: "emofuse.step/1";
  /** The step's number. */
  readonly shard: number;
  /** Of what it was made: `PlannedExtraction.hash`. */
  readonly of: string;
  /** SHA-256 of its other files, by their paths. */
  readonly files: Readonly<Record<string, string>>;
  /** Who did it. */
  readonly time: ShardTime;
}

/** Where a step gathers what it makes until it is done. */
export interface StepFolder extends AsyncDisposable {
  /** For the fitted models, in a folder of the fold's name. */
  readonly modelsDir: string;
  /** Puts the step at its place, with its models, at once, and in place of one that is no longer worth anything. */
  complete(result: Pick<StepResult, "fold" | "of" | "time">): Promise<void>;
}

/** Stands for an array that is a tensor of the file. */
interface Reference {
  readonly tensor: string;
}

/**
 * Makes a folder for what a step makes. Whoever calls it holds the claim on the step; another who was merely taken for
 * dead may be at it too. What attempts that were killed left goes when the step is done.
 */
export async function openStep(dir: string, shard: number): Promise<StepFolder> {
  const steps = join(dir, "steps");
  const own = join(steps, `.${shard}.${crypto.randomUUID()}`);
  const modelsDir = join(own, MODELS);
  await mkdir(modelsDir, { recursive: true });
  return {
    modelsDir,
    async complete({ fold, of, time }) {
      await writeFileAtomically(join(own, FILE), encodeResult(fold));
      const files: Record<string, string> = {};
      for (const path of [FILE, ...await modelsIn(own)]) {
        files[path] = sha256(await readBytes(join(own, path)));
      }
      const summary: StepSummary = { schema: "emofuse.step/1", shard, of, files, time };
      await writeFileAtomically(join(own, SUMMARY), JSON.stringify(summary) + "\n");
      // The same that another has done meanwhile stays.
      if ((await readStep(dir, shard))?.of !== of) await replace(own, stepDir(dir, shard));
      for (const name of await readdir(steps)) {
        if (!name.startsWith(`.${shard}.`)) continue;
        await rm(join(steps, name), { recursive: true, force: true });
      }
    },
    [Symbol.asyncDispose]: () => rm(own, { recursive: true, force: true }),
  };
}

/** Puts a folder in the place of another, if there is one. */
async function replace(from: string, to: string): Promise<void> {
  const aside = join(dirname(to), `.${basename(to)}.${crypto.randomUUID()}`);
  const wasThere = await rename(to, aside).then(() => true, (error) => {
    if (isAbsent(error)) return false;
    throw error;
  });
  try {
    await rename(from, to);
  } catch (error) {
    if (wasThere) await rename(aside, to);
    throw error;
  }
}

/**
 * What a step gave; undefined where it is not done, or its files are not what it left: then it is to be done again.
 */
export async function readStep(dir: string, shard: number): Promise<StepResult | undefined> {
  const summary = await readStepSummary(dir, shard);
  if (!summary) return undefined;
  let result: Uint8Array<ArrayBuffer> | undefined;
  for (const [path, hash] of Object.entries(summary.files)) {
    const bytes = await readBytes(join(stepDir(dir, shard), path)).catch((error) => {
      if (isAbsent(error)) return undefined;
      throw error;
    });
    if (!bytes || sha256(bytes) !== hash) return undefined;
    if (path === FILE) result = bytes;
  }
  return result && { ...summary, fold: decodeResult(result) };
}

/** What is told of a step without its files; undefined where it is not done. */
export async function readStepSummary(
  dir: string,
  shard: number,
): Promise<StepSummary | undefined> {
  try {
    const text = await readFile(join(stepDir(dir, shard), SUMMARY), "utf8");
    const summary = JSON.parse(text) as StepSummary | null;
    if (summary?.schema === "emofuse.step/1" && summary.shard === shard) return summary;
  } catch (error) {
    if (!isAbsent(error) && !(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

/** Copies the models of a step into the folder of those of a run. */
export async function copyModels(
  dir: string,
  { shard, files }: StepSummary,
  to: string,
): Promise<void> {
  for (const path of Object.keys(files).filter((path) => path !== FILE)) {
    const copy = join(to, path.slice(`${MODELS}/`.length));
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(join(stepDir(dir, shard), path), copy);
  }
}

const FILE = "result.safetensors";
const SUMMARY = "step.json";
const MODELS = "models";

/** The models in the folder of a step, by their paths there. */
async function modelsIn(own: string): Promise<string[]> {
  const found: string[] = [];
  for (const fold of await readdir(join(own, MODELS))) {
    for (const name of await readdir(join(own, MODELS, fold))) {
      found.push(`${MODELS}/${fold}/${name}`);
    }
  }
  return found.sort();
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

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

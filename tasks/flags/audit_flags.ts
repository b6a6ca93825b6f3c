import { readFile } from "node:fs/promises";
import { basename, parse } from "node:path";
import type { AuditFile } from "../../src/audit/audit_file.ts";
import {
  parseSplitList,
  type SideOptions,
  type SplitEntry,
} from "../../src/audit/parse_split_list.ts";
import { SplitError } from "../../src/audit/split_error.ts";
import { presetPlan, type SplitPlan, splitPlan } from "../../src/audit/split_plan.ts";
import type { Corpus } from "../../src/corpus/corpus.ts";
import { namingFlag } from "./naming_flag.ts";
import { resolvePath } from "../paths.ts";
import { UsageError } from "../command.ts";

/** The flags that give a list for one side. */
const SIDES = ["train", "dev", "test"] as const;

/** What the flags of a split say. */
export interface SplitFlags {
  /** Files of `--split`, or the name of published folds. */
  readonly split?: readonly string[];
  /** List of `--train`. */
  readonly train?: string;
  /** List of `--dev`. */
  readonly dev?: string;
  /** List of `--test`. */
  readonly test?: string;
}

/**
 * Refuses flags of a split that do not go together.
 *
 * @throws {UsageError} If there is none, one side alone, or both ways.
 */
export function checkSplitFlags(flags: SplitFlags): void {
  const sides = SIDES.filter((side) => flags[side] !== undefined);
  if (flags.split && sides.length > 0) {
    throw new UsageError(`--split does not go with --${sides[0]}; allowed: one of the two ways`);
  }
  if (flags.split) return;
  if (sides.length === 0) {
    throw new UsageError(
      "--split is missing; allowed: a .csv, .tsv or .jsonl of file and fold, several lists, the name of " +
        "published folds, or --train and --test with a list each",
    );
  }
  if (flags.train === undefined || sides.length === 1) {
    const missing = flags.train === undefined ? "train" : "test";
    throw new UsageError(`--${missing} is missing beside --${sides[0]}; allowed: a list of files`);
  }
}

/**
 * The split that flags tell of.
 *
 * @throws {UsageError} If a list cannot be read or is no split.
 */
export async function readSplit(
  { split, ...lists }: SplitFlags,
  corpus: Corpus,
  files: readonly AuditFile[],
): Promise<SplitPlan> {
  const preset = corpus.folds.find(({ name }) => split?.length === 1 && name === split[0]);
  if (preset) return await asUsage("--split", () => presetPlan(preset, files));
  const given =
    split?.map((file) => ({ flag: "--split", file, options: otherwise(split, file) })) ??
      SIDES.flatMap((side) => {
        const file = lists[side];
        return file === undefined ? [] : [{ flag: `--${side}`, file, options: { side } }];
      });
  const entries: SplitEntry[] = [];
  for (const { flag, file, options } of given) {
    entries.push(...await asUsage(flag, () => readList(flag, file, options)));
  }
  const name = given.map(({ file }) => basename(file)).join(", ");
  return await asUsage(given[0].flag, () => splitPlan(name, entries));
}

/** Of several lists without folds each is a fold, by its name. */
function otherwise(split: readonly string[], file: string): SideOptions {
  return split.length > 1 ? { otherwise: parse(file).name } : {};
}

async function readList(flag: string, file: string, options: SideOptions): Promise<SplitEntry[]> {
  const read = () => readFile(resolvePath(file), "utf8");
  const text = await namingFlag({ flag, value: file }, "cannot be read", read);
  return parseSplitList(text, basename(file), options);
}

async function asUsage<T>(flag: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SplitError)) throw error;
    throw new UsageError(`${flag} ${error.message}`);
  }
}

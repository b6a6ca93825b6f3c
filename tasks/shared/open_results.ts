import { stat } from "node:fs/promises";
import { VERSION } from "../../src/runtime/manifest.ts";
import type { ClipFile } from "../../src/predict/clip_file.ts";
import { ResultsFile } from "../../src/predict/results/results_file.ts";
import { RESULT_TARGETS, targetOf } from "../../src/predict/results/write_results.ts";
import { isForeignDatabase } from "../../src/predict/results/audformat_results.ts";
import { UsageError } from "../command.ts";
import { resolvePath } from "../paths.ts";
import { checkWritable, checkWritableFolder } from "./check_writable.ts";

/** Flags that change how results are shown, not what they are, or of which what they name counts. */
const SHOWN = ["out", "json", "jsonl", "model", "enrol", "enrolment"];

/** What results are made by. */
export interface ResultsMakers {
  /** SHA-256 of the bundle. */
  readonly modelHash: string;
  /** What is known of the speaker. */
  readonly enrolment: unknown;
  /** All flags. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** What `--out` is to hold. */
export interface TargetUse {
  /** Whether clips are predicted segment by segment. */
  readonly segments?: boolean;
  /** How many of their faces. */
  readonly faces?: number;
  /** The paths that name the clips, as they were typed. */
  readonly named: readonly string[];
}

/**
 * Learns before long work whether results can be written to what `--out` names.
 *
 * @throws {UsageError} If they cannot, or it has no format for these clips.
 */
export async function checkTarget(
  out: string,
  clips: readonly ClipFile[],
  { segments = false, faces = 1, named }: TargetUse,
): Promise<void> {
  const path = resolvePath(out);
  const read = [...named.map((path) => resolvePath(path)), ...clips.map(({ path }) => path)];
  if (read.includes(path) && !(await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(`--out ${out} is what is read; allowed: another file`);
  }
  const target = targetOf(path);
  if (target === undefined) {
    throw new UsageError(`--out ${out} has no known extension; allowed: ${RESULT_TARGETS}`);
  }
  if (target === "folder" && faces > 1) {
    throw new UsageError(
      `--faces does not go with --out ${out}: a table of audformat has a row a segment`,
    );
  }
  const files = new Set(clips.map(({ path }) => path)).size;
  if (target === "timed" && !segments && clips.some(({ span }) => !span)) {
    throw new UsageError(
      `--out ${out} holds the times of segments; allowed: with --segments, or a list with start`,
    );
  }
  if (target === "timed" && files > 1) {
    throw new UsageError(
      `--out ${out} holds the times of one recording, there are ${files} files; allowed: one`,
    );
  }
  if (target === "folder") {
    if (await isForeignDatabase(path)) {
      throw new UsageError(
        `--out ${out} holds a database of somebody else; allowed: another folder`,
      );
    }
    await checkWritableFolder(path, { flag: "--out", value: out });
  } else await checkWritable(path, { flag: "--out", value: out });
}

/**
 * Opens the results that `--out` names, and says how many clips an earlier run has left.
 *
 * @param makers Results of others are told apart.
 */
export async function openResults(
  out: string,
  clips: readonly ClipFile[],
  { modelHash, enrolment, flags }: ResultsMakers,
): Promise<ResultsFile> {
  const settings = Object.entries(flags).filter(([name]) => !SHOWN.includes(name)).sort();
  const run = JSON.stringify([VERSION, modelHash, enrolment, settings]);
  const results = await ResultsFile.open({ path: resolvePath(out), run, clips });
  const before = clips.length - results.waiting.length;
  if (before > 0) {
    console.error(`${before} of ${clips.length} clips are in ${resolvePath(out)}.partial already`);
  }
  return results;
}

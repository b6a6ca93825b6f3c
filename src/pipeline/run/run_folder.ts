import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type FileLock, lockAdvice, lockFile } from "../../runtime/files/lock_file.ts";
import { isMissing } from "../../runtime/files/file_problem.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { writeFileAtomically } from "../../runtime/write_file_atomically.ts";
import type { ReportData } from "./report_data.ts";
import type { Predictions, Results } from "./results.ts";
import type { RunLock } from "./run_lock.ts";

/** The run folder cannot be written to, or another run is writing to it. */
export class RunFolderError extends Error {
  /** The error's class, for logs. */
  override readonly name = "RunFolderError";
}

/** What a run writes beside its models. */
export interface RunOutput {
  /** Content of `results.json`: settings, corpus, folds, leaks and the table. */
  readonly results: Results;
  /** Content of `predictions.json`: what every row says of every test sample. */
  readonly predictions: Predictions;
  /** Content of `run.lock.json`: what repeats the run. */
  readonly lock: RunLock;
  /** Content of `report.json`: curves, maps and times for the report. */
  readonly report: ReportData;
}

/**
 * The folder that a run leaves behind: `results.json`, `predictions.json`, `report.json`,
 * `run.lock.json`, and under `models/` the
 * fitted models of each fold. Models are gathered under another name and take their place when the
 * run is complete, so that a run that ends early leaves an older run's files as they were. A lock
 * keeps a second run out, and lets the next run clear up after one that was killed.
 */
export class RunFolder {
  /** Absolute path of the folder. */
  readonly dir: string;
  /** Where the models of the run under way are gathered. */
  readonly gathering: string;
  readonly #lock: FileLock;
  #isComplete = false;

  private constructor(dir: string, lock: FileLock) {
    this.dir = dir;
    this.gathering = gatheringIn(dir);
    this.#lock = lock;
  }

  /**
   * Makes the folder where it is missing and checks that it can be written to.
   *
   * @throws {RunFolderError} If it cannot, another run is writing to it, or it holds somebody else's files of the names
   * that a run writes.
   */
  static async prepare(dir: string): Promise<RunFolder> {
    let lock: FileLock | undefined;
    try {
      await mkdir(dir, { recursive: true });
      const file = join(dir, ".lock");
      lock = await lockFile(file);
      if (!lock) throw new Error(`another run is writing to it${lockAdvice(file)}`);
      await refuseForeign(dir);
      await remove(gatheringIn(dir));
      await mkdir(gatheringIn(dir));
      return new RunFolder(dir, lock);
    } catch (error) {
      await lock?.release();
      throw new RunFolderError(
        `${dir} cannot be written to: ${describeFailure(error)}`,
        { cause: error },
      );
    }
  }

  /** Puts the models in place and writes `results.json`, which is the last thing a run does. */
  async complete({ results, predictions, lock, report }: RunOutput): Promise<void> {
    const files = {
      // First, as it tells that the folder is a run's.
      "run.lock.json": JSON.stringify(lock, null, 2),
      "predictions.json": JSON.stringify(predictions),
      "report.json": JSON.stringify(report),
    };
    for (const [file, text] of Object.entries(files)) {
      await writeFileAtomically(join(this.dir, file), text + "\n");
    }
    const models = join(this.dir, "models");
    await remove(models);
    await rename(this.gathering, models);
    await writeFileAtomically(
      join(this.dir, "results.json"),
      JSON.stringify(results, null, 2) + "\n",
    );
    this.#isComplete = true;
  }

  /** Gives the lock back, and removes what a run that did not complete had gathered. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isComplete) await remove(this.gathering);
    await this.#lock.release();
  }
}

/** What a run puts into its folder, or its report. */
const NAMES = [
  ...["results.json", "run.lock.json", "predictions.json", "report.json", "models"],
  ...["report.html", "results.csv"],
];

/** The names that tell that a run wrote them, and how their content begins then. */
const MARKS: Readonly<Record<string, RegExp>> = {
  "results.json": /^\{\s*"schema": *"emofuse\.results\//,
  "run.lock.json": /^\{\s*"schema": *"emofuse\.run-lock\//,
};

/**
 * Refuses a folder in which somebody else's files have the names of a run's: they would be written over or deleted.
 *
 * @throws {Error} The message names one of them.
 */
async function refuseForeign(dir: string): Promise<void> {
  const there = new Set(await readdir(dir));
  let isOwn = false;
  for (const [name, mark] of Object.entries(MARKS)) {
    if (!there.has(name)) continue;
    if (!mark.test(await readFile(join(dir, name), "utf8"))) throw foreign(name);
    isOwn = true;
  }
  const name = NAMES.find((name) => there.has(name));
  if (name !== undefined && !isOwn) throw foreign(name);
}

function foreign(name: string): Error {
  return new Error(
    `${name} in it was not written by a run of Emofuse; move it away, or take another folder`,
  );
}

function gatheringIn(dir: string): string {
  return join(dir, ".models");
}

async function remove(dir: string): Promise<void> {
  try {
    await rm(dir, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

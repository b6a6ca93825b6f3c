import { mkdir, rename, rm } from "node:fs/promises";
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
   * @throws {RunFolderError} If it cannot, or another run is writing to it.
   */
  static async prepare(dir: string): Promise<RunFolder> {
    let lock: FileLock | undefined;
    try {
      await mkdir(dir, { recursive: true });
      const file = join(dir, ".lock");
      lock = await lockFile(file);
      if (!lock) throw new Error(`another run is writing to it${lockAdvice(file)}`);
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
      "predictions.json": JSON.stringify(predictions),
      "report.json": JSON.stringify(report),
      "run.lock.json": JSON.stringify(lock, null, 2),
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

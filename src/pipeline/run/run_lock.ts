import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { type CodeIdentity, codeIdentity } from "./code_identity.ts";
import type { RunConfig } from "../config.ts";
import type { PreparedRun } from "./prepare_run.ts";
import type { Predictions, Results } from "./results.ts";
import { type CorpusFolder, pathIn } from "../../corpus/scan_folders.ts";
import { sha256OfFile } from "../extract/sha256_of_file.ts";

/** The content of `run.lock.json`: all that a run needs to be repeated, and what it gave. */
export interface RunLock {
  /** Name and version of this layout. */
  readonly schema: "emofuse.run-lock/1";
  /** Version and SHA-256 of the code that ran. */
  readonly code: CodeIdentity;
  /** The settings, seed included. */
  readonly config: RunConfig;
  /** Where the inputs were. */
  readonly places: {
    /** Folder of the clips. */
    readonly data: string;
    /** Folders of several corpora, or the one whose corpus was told. */
    readonly folders?: readonly CorpusFolder[];
    /** File of imported weights, where one was named. */
    readonly weights?: string;
    /** File of a trained ear's weights, where one was named. */
    readonly ear?: string;
    /** Folder of landmark files, where one was named. */
    readonly landmarks?: string;
    /** Files of the tables of features, by their names. */
    readonly tables?: Readonly<Record<string, string>>;
  };
  /** SHA-256 of every file that was read, lists of clips too, by its path in the folder of the clips. */
  readonly clips: Readonly<Record<string, string>>;
  /** SHA-256 of every landmark file that was read, by its path in the folder of landmarks. */
  readonly landmarks: Readonly<Record<string, string>>;
  /** SHA-256 of the backbone's weights, where a backbone is used. */
  readonly weights: string | null;
  /** SHA-256 of the trained ear's weights, where one hears the sound. */
  readonly ear?: string;
  /** SHA-256 of what the run gave. */
  readonly results: ResultHashes;
}

/** SHA-256 of what a run gave. */
export interface ResultHashes {
  /** Of `results.json` without its `provenance`. */
  readonly results: string;
  /** Of `predictions.json`. */
  readonly predictions: string;
}

/** A run cannot be repeated: its lock cannot be read, or what it names is no longer what it was. */
export class RunLockError extends Error {
  /** The error's class, for logs. */
  override readonly name = "RunLockError";
}

/** The lock of a run: its inputs by hash, and the hashes of what it gave. */
export function makeRunLock(
  { config, places, code, networks: { backbone, ear }, found, read }: PreparedRun,
  results: Results,
  predictions: Predictions,
): RunLock {
  const { data, folders, weights, ear: earFile, landmarks, tables } = places;
  return {
    schema: "emofuse.run-lock/1",
    code,
    config,
    places: { data, folders, weights, ear: earFile, landmarks, tables },
    clips: { ...found.lists, ...read.clips },
    landmarks: read.landmarks,
    weights: backbone?.weightsHash ?? null,
    ...(ear && { ear: ear.weightsHash }),
    results: hashResults(results, predictions),
  };
}

/** Hashes of what a run gave, without what may differ between two runs with the same results. */
export function hashResults(results: Results, predictions: Predictions): ResultHashes {
  const { provenance: _, ...same } = results;
  return {
    results: sha256(JSON.stringify(same)),
    predictions: sha256(JSON.stringify(predictions)),
  };
}

/**
 * Reads a `run.lock.json`.
 *
 * @throws {RunLockError} If the file cannot be read or is no run lock of this version.
 */
export async function readRunLock(file: string): Promise<RunLock> {
  let lock: Partial<RunLock>;
  try {
    lock = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is no JSON" : describeFailure(error);
    throw new RunLockError(`${file} cannot be read as the run.lock.json of a run: ${reason}`, {
      cause: error,
    });
  }
  if (lock?.schema !== "emofuse.run-lock/1" || !lock.config || !lock.clips || !lock.results) {
    throw new RunLockError(
      `${file} is no run.lock.json of this version of Emofuse: its schema is ` +
        `${JSON.stringify(lock?.schema)}, not "emofuse.run-lock/1"`,
    );
  }
  return lock as RunLock;
}

/**
 * Checks that every file that a run read is still what it was.
 *
 * @returns Notes on what else changed and may change the results: the code, its packages, the runtime.
 *
 * @throws {RunLockError} If a file is missing or changed; the message names it.
 */
export async function checkRunLock(lock: RunLock, places: RunLock["places"]): Promise<string[]> {
  await checkFiles(lock.clips, places.folders ?? [{ dir: places.data }], "clip");
  if (places.landmarks) {
    await checkFiles(lock.landmarks, [{ dir: places.landmarks }], "landmark file");
  }
  const code = await codeIdentity();
  const notes: string[] = [];
  if (code.sha256 !== lock.code.sha256) {
    notes.push(`the code is another (version ${code.version}, then ${lock.code.version})`);
  }
  if (code.dependencies !== lock.code.dependencies) notes.push("deno.lock is another");
  const { runtime } = lock.code;
  if (code.runtime !== runtime) notes.push(`the runtime is ${code.runtime}, then ${runtime}`);
  return notes;
}

async function checkFiles(
  files: Readonly<Record<string, string>>,
  folders: readonly CorpusFolder[],
  what: string,
): Promise<void> {
  for (const [file, hash] of Object.entries(files)) {
    let now: string;
    try {
      now = await sha256OfFile(pathIn(file, folders));
    } catch (error) {
      throw new RunLockError(
        `the ${what} ${file} cannot be read in ${folders.map(({ dir }) => dir).join(" and ")}: ${
          describeFailure(error)
        }`,
        { cause: error },
      );
    }
    if (now !== hash) {
      throw new RunLockError(
        `the ${what} ${file} has changed since the run: its SHA-256 is ${now}, it was ${hash}`,
      );
    }
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

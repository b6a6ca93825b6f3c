import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isAbsent, isMissing } from "../runtime/files/file_problem.ts";
import type { ReportData } from "../pipeline/run/report_data.ts";
import type { Predictions, Results } from "../pipeline/run/results.ts";
import { withRecipes } from "./old_recipes.ts";
import { currentCorpus, currentReport } from "./older_runs.ts";
import { ReportError } from "./report_error.ts";

/** What a run folder holds. */
export interface RunFiles {
  /** Content of `results.json`. */
  readonly results: Results;
  /** Content of `predictions.json`. */
  readonly predictions: Predictions;
  /** Content of `report.json`; runs of older versions lack it. */
  readonly report?: ReportData;
  /** Content of every `also/<protocol>/results.json`, by the protocol's name. */
  readonly also: readonly Results[];
}

/**
 * Reads `results.json` of a run folder.
 *
 * @throws {ReportError} If it is missing, not JSON, or of another layout.
 */
export async function readResults(dir: string): Promise<Results> {
  const path = join(dir, "results.json");
  const results = await readJson<Results>(path, "emofuse.results/1");
  const complete = Array.isArray(results.rows) &&
    results.rows.every(({ test }) => Array.isArray(test?.confusion)) &&
    Array.isArray(results.leaks) &&
    Array.isArray(results.folds) && Array.isArray(results.corpus?.classes);
  if (!complete) {
    throw new ReportError(`${path} is not complete, or of an older version: repeat the run`);
  }
  return withRecipes({
    ...results,
    corpus: { ...results.corpus, ...currentCorpus(results.corpus) },
  });
}

/**
 * Reads what a run folder holds for its report.
 *
 * @throws {ReportError} If a file is missing, not JSON, of another layout, or does not fit the others;
 * the message names it.
 */
export async function readRun(dir: string): Promise<RunFiles> {
  const results = await readResults(dir);
  const path = join(dir, "predictions.json");
  const predictions = await readJson<Predictions>(path, "emofuse.predictions/1");
  if (predictions.rows?.length !== results.rows.length) {
    throw new ReportError(`${path} is not of the run in results.json: repeat the run`);
  }
  const report = await optional(async () =>
    currentReport(await readJson<ReportData>(join(dir, "report.json"), "emofuse.report/1"))
  );
  const also: Results[] = [];
  for (const name of await foldersIn(join(dir, "also"))) {
    const other = await optional(() => readResults(join(dir, "also", name)));
    if (other) also.push(other);
  }
  return { results, predictions, report, also };
}

/** A file of the run folder is not there. */
class MissingFile extends ReportError {}

async function optional<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MissingFile) return undefined;
    throw error;
  }
}

async function readJson<T extends { schema: string }>(path: string, schema: string): Promise<T> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (!isAbsent(error)) throw error;
    throw new MissingFile(`${path} is missing: give the folder that a run wrote`);
  }
  let value: T;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ReportError(`${path} is not JSON: repeat the run`);
  }
  if (value?.schema !== schema) {
    throw new ReportError(
      `${path} has the layout ${value?.schema ?? "of something else"}, not ${schema}: ` +
        "repeat the run with this version",
    );
  }
  return value;
}

/** Names of the folders in a folder, sorted; none where it does not exist. */
async function foldersIn(dir: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for (const entry of await readdir(dir, { withFileTypes: true })) {
      if (entry.isDirectory()) names.push(entry.name);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return names.sort();
}

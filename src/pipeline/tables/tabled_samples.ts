import type { SkippedFile } from "../../corpus/clip.ts";
import { sharedFeatures } from "../extract/shared_features.ts";
import type { FeatureData } from "../fold/fold.ts";
import { filesOf } from "../samples/files_of.ts";
import type { Sample } from "../samples/samples.ts";
import type { RunTables } from "./open_tables.ts";
import { rowsOfSamples } from "./rows_of_samples.ts";

/** The samples of which every table has a row, and the files of the others. */
export function keepTabled(
  samples: readonly Sample[],
  tables: RunTables,
): { kept: Sample[]; skipped: SkippedFile[] } {
  const rows = Array.from(tables, ([name, table]) => ({ name, of: rowsOfSamples(table, samples) }));
  const lacking = samples.map((_, i) => rows.find(({ of }) => of[i] === undefined)?.name);
  return {
    kept: samples.filter((_, i) => lacking[i] === undefined),
    skipped: samples.flatMap((sample, i) =>
      lacking[i] === undefined ? [] : filesOf(sample).map((file) => ({
        file,
        reason: `the features ${lacking[i]} have no row of it`,
      }))
    ),
  };
}

/** The features of every sample that tables give, by the names of the tables. */
export function tableFeatures(
  samples: readonly Sample[],
  tables: RunTables,
): Record<string, FeatureData> {
  return Object.fromEntries(Array.from(tables, ([name, table]) => {
    const width = table.names.length;
    const features = sharedFeatures(samples.length, width, width);
    for (const [i, row] of rowsOfSamples(table, samples).entries()) {
      features.data.set(table.data.subarray(row! * width, (row! + 1) * width), i * width);
    }
    return [name, features];
  }));
}

/** What people should know of the tables, a line each. */
export function tableRemarks(tables: RunTables, samples: readonly Sample[]): string[] {
  return Array.from(tables, ([name, table]) => {
    const used = new Set(rowsOfSamples(table, samples)).size;
    const spare = table.rows.size - used;
    return `features ${name}: ${table.names.length} numbers a clip of ${table.file}` +
      (spare > 0 ? `; ${spare} of ${table.rows.size} rows are of no sample` : "") +
      (table.aside.length > 0
        ? `; left aside, for they are no numbers: ${table.aside.join(", ")}`
        : "");
  });
}

import { modalitiesOf } from "../../modality.ts";
import type { SkippedFile } from "../../corpus/clip.ts";
import type { RunConfig, RunPlaces, TableOfFeatures } from "../config.ts";
import type { FeatureData } from "../fold/fold.ts";
import { sharedFeatures } from "../extract/shared_features.ts";
import type { RecipePlan } from "../recipes/recipe.ts";
import { findRecipe } from "../recipes/registry.ts";
import { featureSets } from "../../features/registry.ts";
import { filesOf } from "../samples/files_of.ts";
import type { Sample } from "../samples/samples.ts";
import { type GivenTable, readGivenTable } from "./read_given_table.ts";
import { rowsOfSamples } from "./rows_of_samples.ts";
import { TableError } from "./table_error.ts";

/** The tables of a run by their names, in the order of its settings. */
export type RunTables = ReadonlyMap<string, GivenTable>;

/**
 * Reads the tables that a run names, and enters what they hold into its settings.
 *
 * @throws {TableError} If one cannot be used, has the name of a feature set, is of a modality that the run does
 * not use, or is no longer the file that the settings were made with.
 */
export async function openTables(
  config: RunConfig,
  { tables: files = {} }: Pick<RunPlaces, "tables">,
): Promise<{ config: RunConfig; tables: RunTables }> {
  const tables = new Map<string, GivenTable>();
  const told: TableOfFeatures[] = [];
  for (const { name, modality, sha256 } of config.tables ?? []) {
    const file = files[name] ?? name;
    if (featureSets().some((set) => set.name === name)) {
      throw new TableError(
        file,
        `"${name}" is the name of features that Emofuse computes: take another`,
      );
    }
    if (!modalitiesOf(config.modality).includes(modality)) {
      throw new TableError(file, `it is of ${modality}, which this run does not use`);
    }
    const table = await readGivenTable(file);
    if (sha256 !== undefined && sha256 !== table.sha256) {
      throw new TableError(
        file,
        `it has changed: its SHA-256 is ${table.sha256}, it was ${sha256}`,
      );
    }
    tables.set(name, table);
    told.push({ name, modality, sha256: table.sha256 });
  }
  return { config: tables.size > 0 ? { ...config, tables: told } : config, tables };
}

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

/**
 * The plans of a run with those of its tables: every recipe whose models are no networks once more with each
 * table in the place of its own features, and with a table of each modality where both have one.
 *
 * @throws {TableError} If there are tables and no recipe takes them.
 */
export function withTables(
  plans: readonly RecipePlan[],
  tables: readonly TableOfFeatures[],
): RecipePlan[] {
  if (tables.length === 0) return [...plans];
  const able = plans.filter(({ recipe }) => !findRecipe(recipe).late);
  if (able.length === 0) {
    throw new TableError(
      tables[0].name,
      "no recipe of this run takes features of a table: ask for statistics",
    );
  }
  const of = (modality: string) => tables.filter((table) => table.modality === modality);
  const choices: NonNullable<RecipePlan["features"]>[] = [
    ...tables.map(({ name, modality }) => ({ [modality]: name })),
    ...of("audio").flatMap((audio) =>
      of("video").map((video) => ({ audio: audio.name, video: video.name }))
    ),
  ];
  return [...plans, ...able.flatMap((plan) => choices.map((features) => ({ ...plan, features })))];
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

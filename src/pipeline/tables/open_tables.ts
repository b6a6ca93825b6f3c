import { featureSets } from "../../features/registry.ts";
import { modalitiesOf } from "../../modality.ts";
import type { RunConfig, RunPlaces, TableOfFeatures } from "../config.ts";
import { type GivenTable, readGivenTable } from "./read_given_table.ts";
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

import { InvalidArgumentError, Option } from "commander";
import { MODALITIES, type Modality } from "../../src/modality.ts";
import type { RunConfig, RunPlaces } from "../../src/pipeline/config.ts";
import { resolvePath } from "../paths.ts";

/** A table as `--features` names it. */
export interface TableFlag {
  readonly name: string;
  readonly modality: Modality;
  readonly file: string;
}

const FORM = /^([A-Za-z][\w-]{0,31})(?::(\w+))?=(.+)$/;

/** `--features NAME=FILE`, as often as there are tables. */
export function tableFlag(): Option {
  return new Option(
    "--features <name=file>",
    "a table of features that something else computed, a row a clip, judged beside Emofuse's own; " +
      "NAME:video=FILE where it is of the face (csv, tsv, parquet, safetensors; more than once)",
  ).argParser((text, before: TableFlag[] | undefined) => [
    ...before ?? [],
    parseTable(text, before),
  ]);
}

/**
 * Reads one `--features`.
 *
 * @throws {InvalidArgumentError} If it is no name and file, or the name was there before.
 */
export function parseTable(text: string, before: readonly TableFlag[] = []): TableFlag {
  const [, name, modality = "audio", file] = FORM.exec(text) ?? [];
  const isModality = (text: string): text is Modality => MODALITIES.some((known) => known === text);
  if (name === undefined || !isModality(modality)) {
    throw new InvalidArgumentError(
      `"${text}" names no table. Allowed: NAME=FILE, or NAME:${
        MODALITIES.join("=FILE, NAME:")
      }=FILE.`,
    );
  }
  if (before.some((other) => other.name === name)) {
    throw new InvalidArgumentError(`"${name}" names two tables.`);
  }
  return { name, modality, file };
}

/** What a run's settings and places say of the tables. */
export function readTables(
  options: Record<string, unknown>,
): { config: Pick<RunConfig, "tables">; places: Pick<RunPlaces, "tables"> } {
  const { features } = options as { features?: TableFlag[] };
  if (!features) return { config: {}, places: {} };
  return {
    config: { tables: features.map(({ name, modality }) => ({ name, modality })) },
    places: {
      tables: Object.fromEntries(features.map(({ name, file }) => [name, resolvePath(file)])),
    },
  };
}

import { load, YAMLException } from "js-yaml";

/** A column of a table. */
export interface AudColumn {
  /** Its name. */
  readonly name: string;
  /** What its values are of; undefined for anything. */
  readonly scheme: string | undefined;
}

/** A table of clips, or a miscellaneous one. */
export interface AudTable {
  /** Its name: the file is `db.NAME.csv` or `db.NAME.parquet`. */
  readonly name: string;
  /** Whether its rows are files, parts of files, or something else. */
  readonly type: "filewise" | "segmented" | "misc";
  /** The kind of its split, such as `train`; undefined where it is of none. */
  readonly split: string | undefined;
  /** Names of what its rows are found by, where it is miscellaneous. */
  readonly levels: readonly string[];
  /** Its columns, without those that rows are found by. */
  readonly columns: readonly AudColumn[];
}

/** What the file `db.yaml` says. */
export interface AudHeader {
  /** The database's name. */
  readonly name: string;
  /** Its licence, where it states one. */
  readonly licence: string | undefined;
  /** Its language, where there is but one. */
  readonly language: string | undefined;
  /** Its tables. */
  readonly tables: readonly AudTable[];
  /**
   * What schemes tell of their labels: of each label its properties, or the name of the miscellaneous table that
   * has them. A scheme without properties is not here.
   */
  readonly schemes: ReadonlyMap<string, string | ReadonlyMap<string, Properties>>;
}

/** What is known of a label, such as of a speaker, as text. */
export type Properties = Readonly<Record<string, string>>;

/** A header that cannot be used; the message says why. */
export class AudHeaderError extends Error {
  /** The error's class, for logs. */
  override readonly name = "AudHeaderError";
}

/**
 * Reads the header of a database in audformat (audEERING, https://audeering.github.io/audformat/).
 *
 * @param yaml Content of `db.yaml`.
 *
 * @throws {AudHeaderError} If it is no YAML, or has no name or tables.
 *
 * @example
 * ```ts
 * import { readHeader } from "./header.ts";
 * import assert from "node:assert/strict";
 *
 * const { tables } = readHeader(`name: toy
 * tables:
 *   files:
 *     type: filewise
 *     columns: {emotion: {scheme_id: emotion}}`);
 * assert.deepEqual(tables[0].columns, [{ name: "emotion", scheme: "emotion" }]);
 * ```
 */
export function readHeader(yaml: string): AudHeader {
  const header = parse(yaml);
  const { name, license, languages } = header;
  if (typeof name !== "string") throw new AudHeaderError("it names no database");
  const splits = fieldsOf(header.splits);
  const kindOf = (id: unknown) =>
    typeof id === "string" ? text(fieldsOf(splits[id]).type) : undefined;
  const tables: AudTable[] = [
    ...Object.entries(fieldsOf(header.tables)).map(([table, of]): AudTable => {
      const { type, split_id, columns } = fieldsOf(of);
      if (type !== "filewise" && type !== "segmented") {
        throw new AudHeaderError(`its table "${table}" is neither filewise nor segmented`);
      }
      return {
        name: table,
        type,
        split: kindOf(split_id),
        levels: [],
        columns: columnsOf(columns),
      };
    }),
    ...Object.entries(fieldsOf(header.misc_tables)).map(([table, of]): AudTable => {
      const { levels, columns } = fieldsOf(of);
      const names = Array.isArray(levels) ? levels.map(String) : Object.keys(fieldsOf(levels));
      return {
        name: table,
        type: "misc",
        split: undefined,
        levels: names,
        columns: columnsOf(columns),
      };
    }),
  ];
  if (tables.every(({ type }) => type === "misc")) {
    throw new AudHeaderError("it has no table of clips");
  }
  const [language, ...others] = Array.isArray(languages) ? languages.map(String) : [];
  return {
    name,
    licence: text(license),
    language: others.length === 0 ? language : undefined,
    tables,
    schemes: new Map(
      Object.entries(fieldsOf(header.schemes)).flatMap(([scheme, of]) => {
        const labels = labelsOf(fieldsOf(of).labels);
        return labels === undefined ? [] : [[scheme, labels] as const];
      }),
    ),
  };
}

function parse(yaml: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = load(yaml);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new AudHeaderError(`it is no YAML: ${error.message.split("\n")[0]}`, { cause: error });
  }
  return fieldsOf(content);
}

/** The fields of a mapping; none where it is anything else. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMapping ? Object.fromEntries(Object.entries(value)) : {};
}

function columnsOf(columns: unknown): AudColumn[] {
  return Object.entries(fieldsOf(columns)).map(([name, of]) => ({
    name,
    scheme: text(fieldsOf(of).scheme_id),
  }));
}

/** What is known of labels: nothing of mere lists. */
function labelsOf(labels: unknown): string | ReadonlyMap<string, Properties> | undefined {
  if (typeof labels === "string") return labels;
  const entries = Object.entries(fieldsOf(labels));
  if (entries.length === 0) return undefined;
  return new Map(entries.map(([label, properties]) => {
    const known = Object.entries(fieldsOf(properties)).flatMap(([key, value]) => {
      const written = text(value);
      return written === undefined ? [] : [[key, written]];
    });
    return [label, Object.fromEntries(known)];
  }));
}

/** Text and numbers as text; undefined for anything else. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

import type { TableRows } from "./table_rows.ts";

/** Columns that say what a row is of, and what clips are: none is a feature. */
const ABOUT = new Set(["file", "start", "end", "label", "speaker", "take", "split", "corpus"]);

/** What the columns of a table are. */
export interface FoundFeatures {
  /** Numbers of the columns that are features. */
  readonly columns: readonly number[];
  /** Names of the features: of a column of lists one a number of its first list. */
  readonly names: readonly string[];
  /** Names of the columns that are no numbers. */
  readonly aside: readonly string[];
}

/**
 * Tells features from text, each column by the first of its values that is not empty. Reads rows until all are told.
 */
export async function findFeatures({ columns, rows }: TableRows): Promise<FoundFeatures> {
  const asked = [...columns.keys()].filter((c) => !ABOUT.has(columns[c]));
  const first = new Map<number, unknown>();
  for await (const { values } of rows) {
    for (const c of asked) if (!first.has(c) && !isEmpty(values[c])) first.set(c, values[c]);
    if (first.size === asked.length) break;
  }
  const found = asked.filter((c) => isNumeric(first.get(c)));
  return {
    columns: found,
    names: found.flatMap((c) => namesOf(columns[c], first.get(c))),
    aside: asked.filter((c) => !found.includes(c)).map((c) => columns[c]),
  };
}

/** Whether a value is a list, of JavaScript's or of one type. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Whether there is nothing in a field. */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null ||
    (typeof value === "string" && value.trim() === "");
}

/** Whether a column that begins with this value is of numbers, be they finite or not. */
function isNumeric(value: unknown): boolean {
  if (isList(value)) return value.length > 0;
  if (typeof value === "number" || typeof value === "bigint") return true;
  return typeof value === "string" &&
    (!Number.isNaN(Number(value)) || /^[+-]?(nan|inf|infinity)$/i.test(value.trim()));
}

function namesOf(column: string, value: unknown): string[] {
  return isList(value) ? Array.from(value, (_, i) => `${column}.${i}`) : [column];
}

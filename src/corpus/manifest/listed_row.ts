import type { ClipPart, ClipSpan } from "../clip.ts";
import { plainSpeaker } from "../speakers.ts";
import type { ListRow } from "./list_rows.ts";

/** A clip as a list tells of it, whatever the form of the list. */
export interface ListedRow {
  /** Where it stands, for messages: `line 3 of clips.csv`. */
  readonly where: string;
  /** Path of the file as the list has it. */
  readonly file: string;
  /** The part of the file; undefined for all of it. */
  readonly span?: ClipSpan;
  /** The class. */
  readonly label: string;
  /** Who speaks, as the list has it. */
  readonly speaker: string;
  /** The take; undefined where every clip is one of its own. */
  readonly take?: string;
  /** The side of the list's own split. */
  readonly part?: ClipPart;
  /** The corpus that it is of; undefined where the list does not say. */
  readonly corpus?: string;
  /** What else the list tells. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A row that cannot be used. */
export interface BadRow {
  /** Where it stands, for messages: `line 3 of clips.csv`. */
  readonly where: string;
  /** The file that it names, where it does. */
  readonly file?: string;
  /** What is wrong. */
  readonly reason: string;
}

/** Which columns hold what every clip must have. */
export interface ListColumns {
  /** The column of the label. */
  readonly label: string;
  /** The column of the speaker. */
  readonly speaker: string;
}

/** The columns of a list that have a meaning beside those of {@linkcode ListColumns}. */
const MEANT = ["file", "start", "end", "take", "split", "corpus"];

/** Attributes that reports and filters know by these names. */
const KNOWN_ATTRIBUTES = ["sex", "age", "language"];

/** The words for the sides of a split. */
const PARTS: Readonly<Record<string, ClipPart>> = {
  train: "train",
  training: "train",
  dev: "dev",
  devel: "dev",
  development: "dev",
  val: "dev",
  valid: "dev",
  validation: "dev",
  test: "test",
  testing: "test",
};

/** A number of seconds: digits with a point, or with an exponent. */
const SECONDS = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The columns that have no meaning of their own: they become attributes. */
export function ownColumns(columns: readonly string[], { label, speaker }: ListColumns): string[] {
  const meant = new Set([...MEANT, ...KNOWN_ATTRIBUTES, label, speaker]);
  return columns.filter((name) => !meant.has(name));
}

/**
 * Reads one row of a list: what it must have is there, and numbers are numbers.
 *
 * @example
 * ```ts
 * import { listedRow } from "./listed_row.ts";
 * import assert from "node:assert/strict";
 *
 * const values = new Map([["file", "a.wav"], ["label", "calm"], ["speaker", "01"], ["mood", "odd"]]);
 * const row = listedRow({ where: "line 2", values }, { label: "label", speaker: "speaker" });
 * assert("label" in row && row.speaker === "1" && row.attributes.mood === "odd");
 * values.delete("speaker");
 * assert.deepEqual(listedRow({ where: "line 2", values }, { label: "label", speaker: "speaker" }), {
 *   where: "line 2",
 *   file: "a.wav",
 *   reason: 'no "speaker"',
 * });
 * ```
 */
export function listedRow(
  { where, values }: { readonly where: string; readonly values: ListRow["values"] },
  columns: ListColumns,
): ListedRow | BadRow {
  const file = values.get("file");
  if (file === undefined) return { where, reason: 'no "file"' };
  const missing = [columns.label, columns.speaker].filter((name) => !values.has(name));
  if (missing.length > 0) {
    return { where, file, reason: `no ${missing.map((name) => `"${name}"`).join(" and no ")}` };
  }
  const span = spanOf(values);
  if (typeof span === "string") return { where, file, reason: span };
  const split = values.get("split");
  const part = split === undefined ? undefined : PARTS[split.toLowerCase()];
  if (split !== undefined && part === undefined) {
    const reason = `"split" is "${split}"; allowed: train, dev, test, or nothing`;
    return { where, file, reason };
  }
  const used = new Set([...MEANT, columns.label, columns.speaker]);
  return {
    where,
    file,
    span,
    label: values.get(columns.label)!,
    speaker: plainSpeaker(values.get(columns.speaker)!),
    take: values.get("take"),
    part,
    corpus: values.get("corpus"),
    attributes: Object.fromEntries([...values].filter(([name]) => !used.has(name))),
  };
}

/** The span that a row states, undefined for the whole file, or what is wrong with it. */
export function spanOf(values: ReadonlyMap<string, string>): ClipSpan | undefined | string {
  const [start, end] = ["start", "end"].map((name) => values.get(name));
  for (const [name, text] of [["start", start], ["end", end]]) {
    if (text !== undefined && !SECONDS.test(text)) {
      return `"${name}" is "${text}", not a number of seconds such as 12.5`;
    }
  }
  return checkSpan(start === undefined ? 0 : Number(start), end && Number(end));
}

/**
 * A span as {@linkcode ListedRow} has it: undefined for the whole file; a sentence where it is none.
 *
 * @param start Where it begins, in seconds.
 * @param end Where it ends; nothing for the end of the file.
 */
export function checkSpan(
  start: number,
  end: number | "" | undefined,
): ClipSpan | undefined | string {
  if (end === undefined || end === "") return start === 0 ? undefined : { start };
  return end > start ? { start, end } : `it ends at ${end} s, not after its start at ${start} s`;
}

import Table from "cli-table3";
import { printable } from "./printable.ts";

/** A column of a table. */
export interface Column {
  /** What stands above it. */
  readonly title: string;
  /**
   * Where its cells stand.
   *
   * @default {"left"}
   */
  readonly align?: "left" | "right";
  /**
   * Whether it may be left out where the table is too wide, those further left first.
   *
   * @default {false}
   */
  readonly spare?: boolean;
}

/** A table; a row that is no list of cells is a heading above those that follow. */
export interface TextTable {
  /** The columns; the first says what a row is about. */
  readonly columns: readonly Column[];
  /** The rows, each with as many cells as there are columns. */
  readonly rows: readonly (string | readonly string[])[];
}

/** Between columns without a frame. */
const GAP = 2;

/**
 * A table as text of lines of at most `width` characters, as far as possible: with a frame if it fits so,
 * else without; then without its spare columns, which a last line names; and then cut into parts under one
 * another, each with the first column.
 *
 * @example
 * ```ts
 * import { fitTable } from "./fit_table.ts";
 * import assert from "node:assert/strict";
 *
 * const columns = [{ title: "name" }, { title: "n", align: "right" }, { title: "more", spare: true }] as const;
 * const table = { columns, rows: [["ann", "7", "words"], ["bob", "12", ""]] };
 * assert.match(fitTable(table), /^┌──────┬────┬───────┐\n│ name │  n │ more  │\n/);
 * assert.equal(fitTable(table, 19), "name   n  more\nann    7  words\nbob   12");
 * assert.equal(fitTable(table, 11), "name   n\nann    7\nbob   12\n(left out for want of room: more)");
 * ```
 */
export function fitTable({ columns, rows: given }: TextTable, width = Infinity): string {
  const rows = given.map((row) => typeof row === "string" ? printable(row) : row.map(printable));
  const all = [...columns.keys()];
  const framed = draw(columns, rows, all, true);
  if (widthOf(framed) <= width) return framed;
  const left: number[] = [];
  let kept = all;
  let plain = draw(columns, rows, kept, false);
  while (widthOf(plain) > width) {
    const spare = kept.find((c) => columns[c].spare);
    if (spare === undefined) break;
    left.push(spare);
    kept = kept.filter((c) => c !== spare);
    plain = draw(columns, rows, kept, false);
  }
  if (widthOf(plain) > width) plain = inParts(columns, rows, kept, width);
  if (left.length === 0) return plain;
  return `${plain}\n(left out for want of room: ${left.map((c) => columns[c].title).join(", ")})`;
}

/** The columns `kept` in parts under one another, each as wide as may be. */
function inParts(
  columns: readonly Column[],
  rows: TextTable["rows"],
  kept: readonly number[],
  width: number,
): string {
  const [first, ...others] = kept;
  // No more than half of a line says what the row is about: the end of a path says most.
  const most = Math.floor(width / 2);
  const shortened = rows.map((row) =>
    typeof row === "string" ? row : row.map((cell, c) => {
      return c === first && cell.length > most ? `…${cell.slice(cell.length - most + 1)}` : cell;
    })
  );
  const parts: string[] = [];
  for (let start = 0; start < others.length;) {
    let end = start + 1;
    const drawTo = (end: number) =>
      draw(columns, shortened, [first, ...others.slice(start, end)], false);
    while (end < others.length && widthOf(drawTo(end + 1)) <= width) end++;
    parts.push(drawTo(end));
    start = end;
  }
  return parts.join("\n\n");
}

function draw(
  columns: readonly Column[],
  rows: TextTable["rows"],
  kept: readonly number[],
  framed: boolean,
): string {
  const table = new Table({
    head: kept.map((c) => columns[c].title),
    colAligns: kept.map((c) => columns[c].align ?? "left"),
    style: { head: [], border: [], compact: true, ...(framed ? {} : NO_PADDING) },
    ...(framed ? {} : { chars: NO_FRAME }),
  });
  for (const row of rows) {
    table.push(
      typeof row === "string" ? [{ content: row, colSpan: kept.length }] : kept.map((c) => row[c]),
    );
  }
  const text = table.toString();
  return framed ? text : text.replace(/ +$/gm, "");
}

const NO_PADDING = { "padding-left": 0, "padding-right": 0 };

const NO_FRAME = {
  "top": "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  "bottom": "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  "left": "",
  "left-mid": "",
  "right": "",
  "right-mid": "",
  "mid": "",
  "mid-mid": "",
  "middle": " ".repeat(GAP),
};

/** Characters of the longest line. */
function widthOf(text: string): number {
  return text.split("\n").reduce((most, line) => Math.max(most, line.length), 0);
}

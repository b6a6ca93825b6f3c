import type { ListFormat } from "./list_rows.ts";

/**
 * Writes a list of clips as {@linkcode listRows} reads it: every row has every column, empty where it lacks it.
 *
 * @param columns The columns, in their order.
 * @param rows The values of each row, by column.
 *
 * @example
 * ```ts
 * import { formatList } from "./format_list.ts";
 * import assert from "node:assert/strict";
 *
 * const text = formatList(["file", "label"], [{ file: 'a, "b".wav', label: "calm" }], "csv");
 * assert.equal(text, 'file,label\n"a, ""b"".wav",calm\n');
 * ```
 */
export function formatList(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  format: ListFormat,
): string {
  const lines = format === "jsonl"
    ? rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((c) => [c, row[c] ?? ""]))))
    : [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))]
      .map((values) => values.map(quoted).join(format === "tsv" ? "\t" : ","));
  return lines.join("\n") + "\n";
}

/** A value with quotes around it where a reader would take it apart or trim it. */
function quoted(value: string): string {
  return /[",\t\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

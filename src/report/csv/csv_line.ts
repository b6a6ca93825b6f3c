/** What a field of a line holds; nothing where it is not known. */
export type CsvField = string | number | null | undefined;

/**
 * A line of CSV (RFC 4180) with its end. Text that a spreadsheet would take for a formula is quoted by an apostrophe;
 * numbers are no formulas, even where they begin with a minus.
 *
 * @example
 * ```ts
 * import { csvLine } from "./csv_line.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(csvLine(["a, b.wav", -0.5, undefined, "=1+1"]), `"a, b.wav",-0.5,,'=1+1\r\n`);
 * ```
 */
export function csvLine(fields: readonly CsvField[]): string {
  return `${fields.map(field).join(",")}\r\n`;
}

function field(value: CsvField): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = value.replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

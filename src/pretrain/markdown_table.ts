/**
 * A table in Markdown, its columns as wide as their longest cell, so that it can be read as text too.
 *
 * @example
 * ```ts
 * import { markdownTable } from "./markdown_table.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   markdownTable(["a", "b"], [["1", "long"]]),
 *   "| a | b    |\n| - | ---- |\n| 1 | long |",
 * );
 * ```
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((title, c) =>
    Math.max(1, title.length, ...rows.map((row) => row[c].length))
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => cell.padEnd(widths[c])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import type { ImportBenchRow } from "./import.ts";

/** The rows as text for a terminal; packages have the numbers of their order. */
export function importTable(rows: readonly ImportBenchRow[], width = Infinity): string {
  const columns = [
    { title: "import" },
    ...(rows[0]?.costs ?? []).flatMap((_, i) => {
      const which = rows[0].costs.length > 1 ? ` (package ${i + 1})` : "";
      return ["ms", "processor, ms"].map((title) => (
        { title: title + which, align: "right" as const }
      ));
    }),
  ];
  const cells = rows.map(({ entry, costs }) => [
    entry,
    ...costs.flatMap((cost) => [cost?.wall, cost?.processor].map((ms) => ms?.toFixed(0) ?? "")),
  ]);
  const what = "Importing each entry of the npm package in a fresh process of Node; medians";
  return wrapText(`${what}\n${fitTable({ columns, rows: cells }, width)}`, width);
}

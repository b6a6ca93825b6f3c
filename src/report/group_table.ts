import type { Results } from "../pipeline/run/results.ts";
import { fitTable } from "../terminal/fit_table.ts";
import { rowLabel } from "./row_label.ts";
import { APART, attributeLabel, gapText, shownGroups } from "./shown_groups.ts";
import { percent } from "./percent.ts";

/**
 * Who is recognised worse, as text for a terminal: the best row of each modality by every attribute. Empty for a
 * corpus that tells nothing to divide samples by.
 *
 * @param width Characters that a line may have.
 */
export function groupTables(results: Pick<Results, "rows" | "groups">, width = Infinity): string[] {
  const shown = shownGroups(results);
  if (shown.every(({ rows }) => rows.length === 0)) return [];
  const columns = [
    { title: "by" },
    { title: "group" },
    { title: "samples", align: "right" as const },
    { title: "speakers", align: "right" as const, spare: true },
    { title: "UAR", align: "right" as const },
    { title: "95 % of UAR", align: "right" as const },
    { title: "people", align: "right" as const, spare: true },
  ];
  const [{ rows: first }] = shown;
  return first.flatMap((name, r) => {
    const rows = shown.flatMap(({ attribute, rows, people = [] }) =>
      rows[r].groups.map(({ group, n, speakers, uar, uarCi95, apart }, g) => [
        g === 0 ? attributeLabel(attribute) : "",
        group,
        `${n}`,
        `${speakers}`,
        percent(uar),
        apart ? APART[apart] : uarCi95 ? uarCi95.map(percent).join(" - ") : "",
        people.filter((one) => one.modality === name.modality && one.group === group)
          .map(({ uar }) => percent(uar)).join(),
      ])
    );
    const heard = rows.some((cells) => cells.at(-1) !== "");
    const table = {
      columns: heard ? columns : columns.slice(0, -1),
      rows: heard ? rows : rows.map((cells) => cells.slice(0, -1)),
    };
    return [
      "",
      `Who is recognised worse, by the best row, ${rowLabel(name)}:`,
      fitTable(table, width),
      ...shown.map(({ attribute, rows, unknown }) =>
        `by ${attributeLabel(attribute)}: ${gapText(rows[r])}` +
        (unknown > 0 ? `; of ${unknown} samples it is not known` : "")
      ),
    ];
  });
}

import type { RatedGroups, RowGroups } from "../pipeline/run/rated_groups.ts";
import type { ResultRow, Results } from "../pipeline/run/results.ts";
import { rowKey } from "./row_label.ts";
import { tenths } from "./percent.ts";

/** Who is recognised worse by one attribute, of the rows that are worth showing. */
export interface ShownGroups extends Omit<RatedGroups, "rows"> {
  /** The row with the highest UAR of each modality. */
  readonly rows: readonly RowGroups[];
}

/** What a report shows of groups: the best row of each modality. */
export function shownGroups(
  { rows, groups = [] }: Pick<Results, "rows" | "groups">,
): ShownGroups[] {
  const best = new Map<ResultRow["modality"], ResultRow>();
  for (const row of rows.filter(({ model }) => model !== "chance" && model !== "majority")) {
    const known = best.get(row.modality);
    if (!known || row.test.uar > known.test.uar) best.set(row.modality, row);
  }
  const keys = new Set([...best.values()].map(rowKey));
  return groups.map((group) => ({
    ...group,
    rows: group.rows.filter((row) => keys.has(rowKey(row))),
  }));
}

/** What an attribute is called: `intensity`, or `race and ethnicity` of a name with capitals inside. */
export function attributeLabel(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
}

/** Why a group stands apart, in words. */
export const APART: Readonly<Record<NonNullable<RowGroups["groups"][number]["apart"]>, string>> = {
  "few-speakers": "one speaker: not compared",
  "few-samples": "too few samples to compare",
  "lacks-classes": "lacks classes: not compared",
};

/** The gap of a row in a sentence. */
export function gapText({ gap }: Pick<RowGroups, "gap">): string {
  if (!gap) return "no two groups can be compared";
  const { better, worse, difference, ci95: [low, high], pairs } = gap;
  const sure = low > 0 ? "" : ", which may be chance";
  const chosen = pairs > 1
    ? `, the widest of ${pairs} pairs, the interval is for all of them at once`
    : "";
  return `${worse} ${tenths(difference)} points below ${better}, 95 % interval ${tenths(low)} to ${
    tenths(high)
  }${sure}${chosen}`;
}

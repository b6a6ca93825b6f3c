import { MODALITIES, type Modality } from "../modality.ts";
import { NORMALISATIONS } from "../pipeline/fold/normalisation.ts";
import type { MissingModality, MissingRow } from "../pipeline/run/missing/missing_modality.ts";
import type { Results } from "../pipeline/run/results.ts";
import { fitTable } from "../terminal/fit_table.ts";
import { percent, tenths } from "./percent.ts";
import { MODALITY_LABELS, rowFeatures, rowKey, rowTitle } from "./row_label.ts";

/** One row of the table with both modalities, and without either of them in a part of the samples. */
export interface ShownMissing {
  /** The row, with its UAR where nothing is missing. */
  readonly row: MissingRow;
  /** What it is where a modality is missing, by what is missing. */
  readonly without: ReadonlyMap<Modality, MissingRow>;
}

/**
 * What a report shows of missing modalities: the rows of attention, and of each recipe and normalisation the row of
 * decision fusion whose UAR is the highest where nothing is missing.
 */
export function shownMissing(missing: readonly MissingModality[]): ShownMissing[] {
  const rows = missing[0]?.rows ?? [];
  const isJoint = ({ fusion }: MissingRow) => fusion === "attention";
  const best = Map.groupBy(
    rows.filter((row) => !isJoint(row)),
    ({ recipe, features, normalisation }) => JSON.stringify([recipe, features, normalisation]),
  );
  const shown = [
    ...rows.filter(isJoint),
    ...Array.from(best.values(), (some) => some.toSorted((a, b) => b.complete - a.complete)[0]),
  ];
  return shown.map((row) => ({
    row,
    without: new Map(missing.flatMap(({ modality, rows }) => {
      const same = rows.find((other) => rowKey(other) === rowKey(row));
      return same ? [[modality, same] as const] : [];
    })),
  }));
}

/**
 * What fused rows lose where a modality is missing, as text for a terminal. Empty for a run that has not looked.
 *
 * @param width Characters that a line may have.
 */
export function missingTables(
  { missing = [] }: Pick<Results, "missing">,
  width = Infinity,
): string[] {
  const shown = shownMissing(missing);
  if (shown.length === 0) return [];
  const table = {
    columns: [
      { title: "model" },
      { title: "features", spare: true },
      { title: "normalised by" },
      { title: "UAR", align: "right" as const },
      ...MODALITIES.flatMap((modality) => [
        { title: `less ${MODALITY_LABELS[modality]}`, align: "right" as const },
        { title: "points lost", align: "right" as const },
      ]),
    ],
    rows: shown.map(({ row, without }) => [
      rowTitle(row),
      rowFeatures(row),
      NORMALISATIONS[row.normalisation].by,
      percent(row.complete),
      ...MODALITIES.flatMap((modality) => cells(without.get(modality))),
    ]),
  };
  return [
    "",
    `UAR where ${missing.map(lacking).join(", and where ")}:`,
    fitTable(table, width),
    "attention sees what is left; decision fusion falls back to the model of the other modality; of its rules the " +
    "best one with nothing missing is shown",
  ];
}

/** "270 samples (25 %) lack the voice". */
export function lacking({ modality, share, n }: MissingModality): string {
  return `${n} samples (${Math.round(100 * share)} %) lack the ${MODALITY_LABELS[modality]}`;
}

/** UAR and points lost, with their interval. */
function cells(row: MissingRow | undefined): string[] {
  if (!row) return ["", ""];
  const { uar, loss: { difference, ci95 } } = row;
  const interval = ci95 ? ` (${ci95.map(tenths).join(" to ")})` : "";
  return [percent(uar), `${tenths(difference)}${interval}`];
}

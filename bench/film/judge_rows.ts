import { MODALITIES, type Modality } from "../../src/modality.ts";
import { uar } from "../../src/evaluate/uar.ts";
import type { Clip } from "../../src/corpus/clip.ts";
import type { PredictedRow } from "./run_predict.ts";

/** What a row goes by: a modality by itself, or all that is there. */
export type Judge = Modality | "both";

/** All of {@linkcode Judge}. */
export const JUDGES: readonly Judge[] = [...MODALITIES, "both"];

/** The label that a row says is likeliest; undefined where it says nothing. */
export function likeliestOf(row: PredictedRow | undefined, judge: Judge): string | undefined {
  if (judge === "both") return row?.likeliest;
  const shares = Object.entries(row?.modalities?.[judge] ?? {});
  if (shares.length === 0) return undefined;
  return shares.reduce((best, next) => next[1] > best[1] ? next : best)[0];
}

/**
 * Unweighted average recall of rows that stand for clips, over the clips' labels; a row that is missing or says
 * nothing is wrong.
 */
export function rowsUar(
  clips: readonly Clip[],
  rows: readonly (PredictedRow | undefined)[],
  judge: Judge,
): number {
  const labels = [...new Set(clips.map(({ label }) => label))];
  const truth = Int32Array.from(clips, ({ label }) => labels.indexOf(label));
  // What is no label of any clip has a class of its own, which no clip is of.
  const said = Int32Array.from(rows, (row) => {
    const index = labels.indexOf(likeliestOf(row, judge) ?? "");
    return index < 0 ? labels.length : index;
  });
  return uar(truth, said, labels.length + 1);
}

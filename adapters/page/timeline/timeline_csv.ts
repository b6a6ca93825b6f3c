import { predictionColumns, predictionFields } from "../../../src/predict/results/csv_results.ts";
import type { FacePrediction } from "../../../src/predict/faces/face_streams.ts";
import { csvLine } from "../../../src/report/csv/csv_line.ts";

/**
 * Predictions along the time as CSV (RFC 4180), a line a window: `start` and `end` in seconds, then the columns that
 * `deno task predict --out results.csv` has, and why nothing is said where that is so.
 *
 * @param isSeveral Whether there are several faces: then a column `face` has their numbers, empty for the voice.
 *
 * @example
 * ```ts
 * import { timelineCsv } from "./timeline_csv.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   timelineCsv(["calm", "angry"], []),
 *   "start,end,label,confidence,p_calm,p_angry,used,notes,error\r\n",
 * );
 * ```
 */
export function timelineCsv(
  labels: readonly string[],
  predictions: readonly FacePrediction[],
  isSeveral = false,
): string {
  const lines = predictions.map((prediction) => {
    const { start, end, used, fallback, faceNumber } = prediction;
    const reason = used.length === 0 ? fallback ?? "nothing could be recognised" : undefined;
    const fields = predictionFields(labels, reason === undefined ? { prediction } : { reason });
    const times = [Number(start.toFixed(3)), Number(end.toFixed(3))];
    return csvLine([...times, ...(isSeveral ? [faceNumber] : []), ...fields, reason]);
  });
  const parts = ["start", "end", ...(isSeveral ? ["face"] : [])];
  return csvLine([...parts, ...predictionColumns(labels), "error"]) + lines.join("");
}

import { predictionColumns, predictionFields } from "../../../src/predict/results/csv_results.ts";
import type { TimedPrediction } from "../../../src/recognize/prediction.ts";
import { csvLine } from "../../../src/report/csv/csv_line.ts";

/**
 * Predictions along the time as CSV (RFC 4180), a line a window: `start` and `end` in seconds, then the columns that
 * `deno task predict --out results.csv` has, and why nothing is said where that is so.
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
  predictions: readonly TimedPrediction[],
): string {
  const lines = predictions.map((prediction) => {
    const { start, end, used, fallback } = prediction;
    const reason = used.length === 0 ? fallback ?? "nothing could be recognised" : undefined;
    const fields = predictionFields(labels, reason === undefined ? { prediction } : { reason });
    return csvLine([Number(start.toFixed(3)), Number(end.toFixed(3)), ...fields, reason]);
  });
  return csvLine(["start", "end", ...predictionColumns(labels), "error"]) + lines.join("");
}

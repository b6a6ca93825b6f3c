import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import { nameSenses } from "../../recognize/words/name_senses.ts";
import { type CsvField, csvLine } from "../../report/csv/csv_line.ts";
import type { PredictedPart } from "../clip_file.ts";
import { predictionNotes } from "./part_record.ts";
import type { ResultFormat } from "./result_format.ts";

/**
 * Results as CSV (RFC 4180, UTF-8), a line a clip or part: file, start and end in seconds (empty for a whole file),
 * which of several faces, label, confidence (the probability of the likeliest label), every probability from 0 to 1 as `p_LABEL`, what it goes
 * by, notes, and, where nothing is said, why.
 */
export const CSV_RESULTS: ResultFormat = {
  timed: false,
  async *format({ labels }, results) {
    yield csvLine([...PARTS, ...predictionColumns(labels), "error"]);
    for await (const { clip, parts } of results) {
      for (const part of parts) {
        const error = "reason" in part ? part.reason : undefined;
        const fields = predictionFields(labels, part);
        const times = [seconds(part.start), seconds(part.end)];
        yield csvLine([clip.file, ...times, part.face, ...fields, error]);
      }
    }
  },
};

const PARTS = ["file", "start", "end", "face"];

/** Names of the columns that a prediction fills. */
export function predictionColumns(labels: ModelCard["labels"]): string[] {
  return ["label", "confidence", ...labels.map((label) => `p_${label}`), "used", "notes"];
}

/** What stands in them; nothing where there is no prediction. */
export function predictionFields(labels: ModelCard["labels"], part: PredictedPart): CsvField[] {
  if ("reason" in part) return predictionColumns(labels).map(() => undefined);
  const { prediction } = part;
  const shares = labels.map((label) => prediction.probabilities[label]);
  return [
    prediction.label,
    Math.max(...shares).toFixed(4),
    ...shares.map((share) => share.toFixed(4)),
    nameSenses(prediction.used),
    predictionNotes(prediction).join("; "),
  ];
}

function seconds(time: number | undefined): CsvField {
  return time === undefined ? undefined : Number(time.toFixed(3));
}

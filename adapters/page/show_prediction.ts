import { faceRemarks } from "../../src/recognize/words/face_remarks.ts";
import { nameSenses } from "../../src/recognize/words/name_senses.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";

/** Where a prediction is shown. */
export interface PredictionPlaces {
  /** Where the label stands. */
  readonly label: HTMLElement;
  /** What the prediction goes by. */
  readonly remark: HTMLElement;
  /** The probabilities. */
  readonly bars: HTMLElement;
}

/** Shows a prediction: label, what it goes by, a bar for each probability. */
export function showPrediction(places: PredictionPlaces, prediction: Prediction): void {
  const { probabilities } = prediction;
  const label = labelOf(prediction);
  // A screen reader speaks when the text changes: it should not repeat what has not.
  if (places.label.textContent !== label) places.label.textContent = label;
  places.remark.textContent = remarks(prediction);
  places.bars.replaceChildren(
    ...Object.entries(probabilities).map(([name, value], i) => {
      const row = document.createElement("li");
      if (name === prediction.likeliest) row.className = "most";
      const bar = document.createElement("meter");
      // The colour that it has along the time.
      bar.className = `t${i % 8}`;
      bar.value = value;
      bar.ariaLabel = name;
      const number = document.createElement("span");
      number.className = "num";
      number.textContent = `${(100 * value).toFixed(1)} %`;
      row.append(name, bar, number);
      return row;
    }),
  );
}

/** The label, or what stands for it where nothing could be recognised. */
export function labelOf({ label, used }: Prediction): string {
  return used.length > 0 ? label : "—";
}

/** What a prediction goes by, and what should be known of that, in words. */
function remarks({ label, likeliest, used, fallback, face, warnings }: Prediction): string {
  const ofFace = face ? faceRemarks(face) : [];
  const unsure = label === likeliest ? [] : [`Likeliest: ${likeliest}`];
  return `${
    [...unsure, fallback ?? `By the ${nameSenses(used)}`, ...ofFace, ...warnings].join("; ")
  }.`;
}

/** So many rows stay in the table: ten minutes. */
const MOST_ROWS = 1200;

/** Adds predictions to the table, each as a row; the oldest go when there are too many. */
export function addRows(
  body: HTMLTableSectionElement,
  predictions: readonly TimedPrediction[],
): void {
  for (const prediction of predictions) {
    const row = document.createElement("tr");
    const { start, end, likeliest, probabilities, used } = prediction;
    const share = used.length > 0 ? `${(100 * probabilities[likeliest]).toFixed(1)} %` : "—";
    const texts = [
      `${start.toFixed(1)} s`,
      `${end.toFixed(1)} s`,
      labelOf(prediction),
      share,
      nameSenses(used) || "—",
    ];
    texts.forEach((text, i) => {
      const cell = row.insertCell();
      cell.textContent = text;
      if (i === 3) cell.className = "num";
    });
    body.append(row);
  }
  while (body.rows.length > MOST_ROWS) body.deleteRow(0);
}

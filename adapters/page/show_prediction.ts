import { faceRemarks } from "../../src/recognize/words/face_remarks.ts";
import { nameSenses } from "../../src/recognize/words/name_senses.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";

/** Where a prediction is shown. */
export interface PredictionPlaces {
  /** Where the label stands. */
  readonly label: HTMLElement;
  /** Where the likeliest label stands if it is not given. */
  readonly likeliest: HTMLElement;
  /** What the prediction goes by. */
  readonly remark: HTMLElement;
  /** The probabilities. */
  readonly bars: HTMLElement;
}

/** Shows a prediction: label, what it goes by, a bar for each probability. */
export function showPrediction(places: PredictionPlaces, prediction: Prediction): void {
  const { probabilities, likeliest, unknown = [] } = prediction;
  const label = labelOf(prediction);
  const likely = label === likeliest || prediction.used.length === 0
    ? ""
    : `Likeliest: ${likeliest}`;
  // A screen reader speaks when the text changes: it should not repeat what has not.
  if (places.label.textContent !== label) places.label.textContent = label;
  if (places.likeliest.textContent !== likely) places.likeliest.textContent = likely;
  places.likeliest.hidden = likely === "";
  places.remark.textContent = remarks(prediction);
  places.bars.replaceChildren(
    ...Object.entries(probabilities).map(([name, value], i) => {
      const row = document.createElement("li");
      const isUnknown = unknown.includes(name);
      row.className = isUnknown ? "unknown" : name === likeliest ? "most" : "";
      const bar = document.createElement("meter");
      // The colour that it has along the time.
      bar.className = `t${i % 8}`;
      bar.value = value;
      bar.ariaLabel = name;
      const number = document.createElement("span");
      number.className = "num";
      // A 0 would say that it was ruled out.
      number.textContent = isUnknown ? "not known" : `${(100 * value).toFixed(1)} %`;
      row.append(name, bar, number);
      return row;
    }),
  );
}

/** The label, or what stands for it where nothing could be recognised. */
export function labelOf({ label, used }: Prediction): string {
  return used.length > 0 ? label : "—";
}

/** The probability of the likeliest label, or what stands for it where nothing could be recognised. */
export function shareOf({ likeliest, probabilities, used }: Prediction): string {
  return used.length > 0 ? `${(100 * probabilities[likeliest]).toFixed(1)} %` : "—";
}

/** What a prediction goes by, and what should be known of that, in words. */
function remarks({ used, fallback, face, warnings }: Prediction): string {
  const ofFace = face ? faceRemarks(face) : [];
  return `${[fallback ?? `By the ${nameSenses(used)}`, ...ofFace, ...warnings].join("; ")}.`;
}

/** Adds predictions to the table, each as a row; the oldest go when there are more than `most`. */
export function addRows(
  body: HTMLTableSectionElement,
  predictions: readonly TimedPrediction[],
  most: number,
): void {
  for (const prediction of predictions) {
    const row = document.createElement("tr");
    const { start, end, used } = prediction;
    const texts = [
      `${start.toFixed(1)} s`,
      `${end.toFixed(1)} s`,
      labelOf(prediction),
      shareOf(prediction),
      nameSenses(used) || "—",
    ];
    texts.forEach((text, i) => {
      const cell = row.insertCell();
      cell.textContent = text;
      if (i === 3) cell.className = "num";
    });
    body.append(row);
  }
  while (body.rows.length > most) body.deleteRow(0);
}

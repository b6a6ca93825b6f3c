import type { TimedPrediction } from "../../../src/recognize/prediction.ts";
import { layOutTimeline, LEFT, ROW } from "./timeline_layout.ts";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draws the probabilities along the time: a row an emotion, a column a prediction.
 *
 * @param place It has room for nothing else.
 * @param seconds Length of the clip; undefined where it goes on.
 */
export function drawTimeline(
  place: HTMLElement,
  labels: readonly string[],
  predictions: readonly TimedPrediction[],
  seconds?: number,
): void {
  const { fields, ticks } = layOutTimeline(labels, predictions, seconds);
  const height = labels.length * ROW;
  const svg = element("svg", {
    role: "img",
    height: height + 24,
    "aria-label": spoken(predictions),
  });
  svg.append(element("rect", {
    class: "ground",
    x: percent(LEFT),
    y: 0,
    width: percent(1 - LEFT),
    height,
  }));
  labels.forEach((label, row) => {
    svg.append(element("text", { x: 0, y: row * ROW + 15 }, label));
  });
  for (const { row, x, width, share, isGiven } of fields) {
    svg.append(element("rect", {
      class: `t${row % 8}${isGiven ? " most" : ""}`,
      x: percent(x),
      y: row * ROW + 2,
      width: percent(width),
      height: ROW - 4,
      "fill-opacity": share.toFixed(3),
    }));
  }
  for (const { x, text, anchor } of ticks) {
    svg.append(element("text", { x: percent(x), y: height + 16, "text-anchor": anchor }, text));
  }
  place.replaceChildren(svg);
}

/** What the picture shows, for those who do not see it; the table has all of it. */
function spoken(predictions: readonly TimedPrediction[]): string {
  const recognised = predictions.filter(({ used }) => used.length > 0);
  const changes = recognised.filter(({ label }, i) => label !== recognised[i - 1]?.label);
  if (changes.length === 0) return "Timeline: nothing yet";
  const latest = changes.slice(-8).map(({ label, end }) => `${label} at ${end.toFixed(1)} s`);
  return `Timeline: ${latest.join(", ")}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)}%`;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

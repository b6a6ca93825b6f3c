import type { TimedPrediction } from "../../src/recognize/prediction.ts";

const SVG = "http://www.w3.org/2000/svg";
const ROW = 22;
/** Room for the labels at the left, as a share of the width; the rest is the time. */
const LEFT = 0.2;
/** Live, this much of the past stays to be seen, in seconds. */
const SHOWN_SECONDS = 60;

/** The probabilities along the time: a row an emotion, a column a prediction. */
export class Timeline {
  readonly #labels: readonly string[];
  readonly #place: HTMLElement;
  #predictions: TimedPrediction[] = [];
  #seconds: number | undefined;

  /** Draws into `place`, which has room for nothing else. */
  constructor(place: HTMLElement, labels: readonly string[]) {
    this.#place = place;
    this.#labels = labels;
    this.clear();
  }

  /** Begins anew: a clip of so many seconds, or as long as it goes on. */
  clear(seconds?: number): void {
    this.#predictions = [];
    this.#seconds = seconds;
    this.#draw();
  }

  /** Adds predictions, in the order of their time. */
  add(predictions: readonly TimedPrediction[]): void {
    if (predictions.length === 0) return;
    this.#predictions.push(...predictions);
    const past = this.#predictions.at(-1)!.end - SHOWN_SECONDS;
    if (this.#seconds === undefined) {
      this.#predictions = this.#predictions.filter(({ end }) => end > past);
    }
    this.#draw();
  }

  #draw(): void {
    const last = this.#predictions.at(-1)?.end ?? 0;
    const until = this.#seconds ?? Math.max(10, last);
    const from = this.#seconds === undefined ? Math.max(0, until - SHOWN_SECONDS) : 0;
    const height = this.#labels.length * ROW;
    const svg = element("svg", { role: "img", height: height + 24, "aria-label": this.#spoken() });
    const at = (time: number) => LEFT + (1 - LEFT) * (time - from) / (until - from);
    svg.append(element("rect", {
      class: "ground",
      x: percent(LEFT),
      y: 0,
      width: percent(1 - LEFT),
      height,
    }));
    this.#labels.forEach((label, row) => {
      svg.append(element("text", { x: 0, y: row * ROW + 15 }, label));
    });
    this.#predictions.forEach((prediction, i) => {
      // Where nothing could be recognised, nothing is drawn.
      if (prediction.end <= from || prediction.used.length === 0) return;
      // Windows overlap: a field is what was new in its window.
      const begin = Math.max(from, prediction.start, this.#predictions[i - 1]?.end ?? 0);
      this.#labels.forEach((label, row) => {
        svg.append(element("rect", {
          class: `t${row % 8}${label === prediction.label ? " most" : ""}`,
          x: percent(at(begin)),
          y: row * ROW + 2,
          width: percent(at(prediction.end) - at(begin)),
          height: ROW - 4,
          "fill-opacity": prediction.probabilities[label].toFixed(3),
        }));
      });
    });
    for (const time of ticks(from, until)) {
      const anchor = time === from ? "start" : time + 1e-9 > until ? "end" : "middle";
      svg.append(element("text", {
        x: percent(at(time)),
        y: height + 16,
        "text-anchor": anchor,
      }, `${time} s`));
    }
    this.#place.replaceChildren(svg);
  }

  /** What the picture shows, for those who do not see it; the table has all of it. */
  #spoken(): string {
    const recognised = this.#predictions.filter(({ used }) => used.length > 0);
    const changes = recognised.filter(({ label }, i) => label !== recognised[i - 1]?.label);
    if (changes.length === 0) return "Timeline: nothing yet";
    const latest = changes.slice(-8).map(({ label, end }) => `${label} at ${end.toFixed(1)} s`);
    return `Timeline: ${latest.join(", ")}`;
  }
}

/** Full seconds in steps that leave room for their numbers. */
function ticks(from: number, until: number): number[] {
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].find((s) => (until - from) / s <= 6) ??
    Math.ceil((until - from) / 6);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((until - first) / step) + 1 }, (_, i) => first + i * step);
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

import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";
import { find } from "./find.ts";
import { addRows, showPrediction } from "./show_prediction.ts";
import { Timeline } from "./timeline.ts";

/** What was recognised: a prediction, and where there is a time, the predictions along it. */
export class Results {
  readonly #sections = { whole: find("result"), along: find("along") };
  readonly #places = { label: find("label"), remark: find("remark"), bars: find("bars") };
  readonly #rows = find<HTMLTableSectionElement>("rows");
  readonly #timeline: Timeline;

  /** Shows nothing yet. */
  constructor({ labels }: ModelCard) {
    this.#timeline = new Timeline(find("timeline"), labels);
    this.clear();
  }

  /** Takes everything away: what comes next has nothing to do with it. */
  clear(): void {
    this.#sections.whole.hidden = this.#sections.along.hidden = true;
    for (const place of Object.values(this.#places)) place.replaceChildren();
    this.#rows.replaceChildren();
  }

  /** Shows a prediction. */
  show(prediction: Prediction): void {
    this.#sections.whole.hidden = false;
    showPrediction(this.#places, prediction);
  }

  /** Begins a time: that of a clip of so many seconds, or one that goes on. */
  begin(seconds?: number): void {
    this.#sections.along.hidden = false;
    this.#timeline.clear(seconds);
    this.#rows.replaceChildren();
  }

  /** Adds predictions along the time, in its order. */
  add(predictions: readonly TimedPrediction[]): void {
    this.#timeline.add(predictions);
    addRows(this.#rows, predictions);
  }
}

import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";
import { UNCERTAIN } from "../../src/recognize/sure/uncertain.ts";
import { find } from "./find.ts";
import { relabel } from "./relabel.ts";
import { saveFile } from "./save_file.ts";
import { addRows, showPrediction } from "./show_prediction.ts";
import { drawTimeline } from "./timeline/draw_timeline.ts";
import { timelineCsv } from "./timeline/timeline_csv.ts";
import { SHOWN_SECONDS } from "./timeline/timeline_layout.ts";
import { timelinePng } from "./timeline/timeline_png.ts";

/** So many predictions along the time are kept: ten minutes. */
const MOST = 1200;

/** What was recognised: a prediction, and where there is a time, the predictions along it. */
export class Results {
  readonly #sections = { whole: find("result"), along: find("along") };
  readonly #places = {
    label: find("label"),
    likeliest: find("likeliest"),
    remark: find("remark"),
    bars: find("bars"),
  };
  readonly #rows = find<HTMLTableSectionElement>("rows");
  readonly #saves = [find<HTMLButtonElement>("save-csv"), find<HTMLButtonElement>("save-png")];
  readonly #least = find<HTMLInputElement>("least");
  readonly #labels: readonly string[];
  /** As the recogniser gave them; the labels are given here. */
  #whole: Prediction | undefined;
  #along: TimedPrediction[] = [];
  #seconds: number | undefined;

  /**
   * Shows nothing yet.
   *
   * @param minConfidence How sure a prediction has to be at first, 0 to 1.
   */
  constructor({ labels }: ModelCard, minConfidence: number) {
    this.#labels = labels;
    this.#least.value = `${100 * minConfidence}`;
    // With a label of that name nobody could tell which is meant.
    this.#least.disabled = labels.includes(UNCERTAIN);
    this.#least.addEventListener("input", () => this.#relabel());
    this.#showLeast();
    const [csv, png] = this.#saves;
    csv.addEventListener("click", () => {
      const text = timelineCsv(labels, this.#given(this.#along));
      saveFile("emofuse.csv", new Blob([text], { type: "text/csv" }));
    });
    png.addEventListener("click", async () => {
      saveFile("emofuse.png", await timelinePng(labels, this.#shown(), this.#seconds));
    });
    this.clear();
  }

  /** Takes everything away: what comes next has nothing to do with it. */
  clear(): void {
    this.#whole = undefined;
    this.#sections.whole.hidden = this.#sections.along.hidden = true;
    for (const place of Object.values(this.#places)) place.replaceChildren();
    this.#clearTime();
  }

  /** Shows a prediction. */
  show(prediction: Prediction): void {
    this.#whole = prediction;
    this.#sections.whole.hidden = false;
    const [given] = this.#given([prediction]);
    showPrediction(this.#places, given);
  }

  /** Brings the prediction into the window: on a phone it is below what was asked. */
  reveal(): void {
    this.#sections.whole.scrollIntoView({ block: "nearest" });
  }

  /** Begins a time: that of a clip of so many seconds, or one that goes on. */
  begin(seconds?: number): void {
    this.#sections.along.hidden = false;
    this.#clearTime(seconds);
  }

  /** Adds predictions along the time, in its order. */
  add(predictions: readonly TimedPrediction[]): void {
    if (predictions.length === 0) return;
    this.#along = [...this.#along, ...predictions].slice(-MOST);
    for (const save of this.#saves) save.disabled = false;
    addRows(this.#rows, this.#given(predictions), MOST);
    this.#draw();
  }

  #clearTime(seconds?: number): void {
    this.#along = [];
    this.#seconds = seconds;
    for (const save of this.#saves) save.disabled = true;
    this.#rows.replaceChildren();
    this.#draw();
  }

  /** Another least confidence: what is shown gets the labels that it has by it. */
  #relabel(): void {
    this.#showLeast();
    if (this.#whole) this.show(this.#whole);
    this.#rows.replaceChildren();
    addRows(this.#rows, this.#given(this.#along), MOST);
    this.#draw();
  }

  #showLeast(): void {
    const text = this.#least.valueAsNumber === 0 ? "none" : `${this.#least.value} %`;
    find("least-shown").textContent = this.#least.ariaValueText = text;
  }

  #given<Given extends Prediction>(predictions: readonly Given[]): Given[] {
    if (this.#least.disabled) return [...predictions];
    const least = this.#least.valueAsNumber / 100;
    return predictions.map((prediction) => relabel(prediction, this.#labels, least));
  }

  /** What the timeline shows: live, the latest. */
  #shown(): TimedPrediction[] {
    const past = (this.#along.at(-1)?.end ?? 0) - SHOWN_SECONDS;
    return this.#given(
      this.#seconds === undefined ? this.#along.filter(({ end }) => end > past) : this.#along,
    );
  }

  #draw(): void {
    drawTimeline(find("timeline"), this.#labels, this.#shown(), this.#seconds);
  }
}

import type { SeenFace } from "../browser/calls.ts";
import type { PredictedPart } from "../../src/predict/clip_file.ts";
import type { FacePrediction } from "../../src/predict/faces/face_streams.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";
import { UNCERTAIN } from "../../src/recognize/sure/uncertain.ts";
import { predictionAt, type Subject, takePart } from "./faces/subject.ts";
import { SubjectChoice } from "./faces/subject_choice.ts";
import { find } from "./find.ts";
import { relabel } from "./relabel.ts";
import { saveFile } from "./save_file.ts";
import { addRows, labelOf, shareOf, showPrediction } from "./show_prediction.ts";
import { drawTimeline } from "./timeline/draw_timeline.ts";
import { SHOWN_SECONDS } from "./timeline/timeline_layout.ts";

/** So many predictions along the time are kept: ten minutes. */
const MOST = 1200;

/** What was recognised of each subject: a prediction, and where there is a time, the predictions along it. */
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
  readonly #choice = new SubjectChoice(() => this.#drawAll());
  /** As the recogniser gave them; the labels are given here. */
  #subjects = new Map<number, Subject>();
  #isSeveral = false;
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
    this.#least.addEventListener("input", () => {
      this.#showLeast();
      this.#drawAll();
    });
    this.#showLeast();
    const [csv, png] = this.#saves;
    csv.addEventListener("click", async () => {
      const { timelineCsv } = await import("./timeline/timeline_csv.ts");
      const all = [...this.#subjects.values()].flatMap(({ key, along }) =>
        this.#given(along).map((prediction) =>
          key === 0 ? prediction : { ...prediction, faceNumber: key }
        )
      );
      const text = timelineCsv(labels, all, this.#isSeveral);
      saveFile("emofuse.csv", new Blob([text], { type: "text/csv" }));
    });
    png.addEventListener("click", async () => {
      const { timelinePng } = await import("./timeline/timeline_png.ts");
      saveFile("emofuse.png", await timelinePng(labels, this.#shown(), this.#seconds));
    });
    this.clear();
  }

  /**
   * Takes everything away: what comes next has nothing to do with it.
   *
   * @param isSeveral Whether several subjects come next.
   */
  clear(isSeveral = false): void {
    this.#isSeveral = isSeveral;
    this.#choice.clear();
    this.#sections.whole.hidden = this.#sections.along.hidden = true;
    for (const place of Object.values(this.#places)) place.replaceChildren();
    this.#subjects = new Map();
    this.#clearTime();
  }

  /** Shows what is said of a clip, or of each of the subjects in it. */
  show(...parts: readonly PredictedPart[]): void {
    for (const part of parts) takePart(this.#subject(part.face ?? 0), part);
    this.#drawWhole();
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
  add(predictions: readonly FacePrediction[]): void {
    if (predictions.length === 0) return;
    for (const { faceNumber = 0, ...prediction } of predictions) {
      const subject = this.#subject(faceNumber);
      subject.along = [...subject.along, prediction].slice(-MOST);
    }
    if (this.#seconds === undefined) this.#forgetGone();
    for (const save of this.#saves) save.disabled = false;
    const chosen = this.#chosen?.key;
    const own = predictions.filter(({ faceNumber = 0 }) => faceNumber === chosen);
    addRows(this.#rows, this.#given(own), MOST);
    this.#draw();
  }

  /** What a face is called and recognised as: at a time, or last. */
  wordsOf({ faceNumber, isJudged }: SeenFace, time = Infinity): string {
    if (!isJudged) return "not recognised";
    const subject = this.#subjects.get(faceNumber ?? 0);
    const said = (subject && predictionAt(subject, time)) ?? subject?.whole;
    const number = faceNumber === undefined ? "" : `${faceNumber}: `;
    return number + (said ? this.#inWords(said) : "…");
  }

  #subject(key: number): Subject {
    const known = this.#subjects.get(key);
    if (known) return known;
    const subject: Subject = { key, along: [] };
    this.#subjects.set(key, subject);
    // A face tells more than what may be the voice of anybody.
    if (!this.#choice.chosen && !this.#choice.isPicked) {
      this.#choice.chosen = key;
      this.#rows.replaceChildren();
    }
    return subject;
  }

  get #chosen(): Subject | undefined {
    return this.#subjects.get(this.#choice.chosen ?? 0);
  }

  /** Live, who was not seen for as long as the timeline reaches is forgotten. */
  #forgetGone(): void {
    const ends = [...this.#subjects.values()].map(({ along }) => along.at(-1)?.end ?? Infinity);
    const past = Math.max(...ends.filter(Number.isFinite)) - SHOWN_SECONDS;
    for (const { key, along } of this.#subjects.values()) {
      if (key > 0 && key !== this.#choice.chosen && (along.at(-1)?.end ?? Infinity) < past) {
        this.#subjects.delete(key);
      }
    }
  }

  #clearTime(seconds?: number): void {
    for (const subject of this.#subjects.values()) subject.along = [];
    this.#seconds = seconds;
    for (const save of this.#saves) save.disabled = true;
    this.#rows.replaceChildren();
    this.#draw();
  }

  /** Another least confidence, or another subject: all is shown anew. */
  #drawAll(): void {
    if (this.#subjects.size > 0) this.#drawWhole();
    this.#rows.replaceChildren();
    addRows(this.#rows, this.#given(this.#chosen?.along ?? []), MOST);
    this.#draw();
  }

  #drawWhole(): void {
    const { whole, reason = "" } = this.#chosen!;
    this.#sections.whole.hidden = false;
    if (whole) showPrediction(this.#places, this.#given([whole])[0]);
    else {
      for (const place of Object.values(this.#places)) place.replaceChildren();
      this.#places.remark.textContent = reason;
    }
    this.#offer();
  }

  /** What there is to choose from, where there are several. */
  #offer(): void {
    if (!this.#isSeveral) return;
    const keys = [...this.#subjects.keys()].sort((a, b) => (a || Infinity) - (b || Infinity));
    this.#choice.show(
      new Map(keys.map((key) => {
        const { whole } = this.#subjects.get(key)!;
        return [key, whole ? this.#inWords(whole) : "nothing could be recognised"];
      })),
    );
  }

  #inWords(prediction: Prediction): string {
    const [given] = this.#given([prediction]);
    return [labelOf(given), shareOf(given)].filter((text) => text !== "—").join(" ") || "—";
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
    const along = this.#chosen?.along ?? [];
    const past = (along.at(-1)?.end ?? 0) - SHOWN_SECONDS;
    return this.#given(
      this.#seconds === undefined ? along.filter(({ end }) => end > past) : along,
    );
  }

  #draw(): void {
    drawTimeline(find("timeline"), this.#labels, this.#shown(), this.#seconds);
  }
}

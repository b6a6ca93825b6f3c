import type { CurvePoint, ReportData } from "../../pipeline/run/report_data.ts";
import { count, percent } from "./format.ts";
import { type Content, Markup, markup } from "./markup.ts";
import { folded, type Section } from "./section.ts";

/** Models whose curves are shown at once; the others are folded away. */
const SHOWN = 6;
const WIDTH = 300, HEIGHT = 120, LEFT = 30, TOP = 8, BOTTOM = 18;

/** One quantity of the epochs. */
type Quantity = (epoch: CurvePoint) => number | undefined;

/** How networks learned: the mean over folds, and each fold as a faint line. */
export function trainingCurves({ curves }: ReportData): Section | null {
  const byModel = Map.groupBy(
    curves.filter(({ epochs }) => epochs.length > 0),
    ({ model }) => model,
  );
  if (byModel.size === 0) return null;
  const cards = Array.from(byModel, ([model, folds]) => card(model, folds.map((f) => f.epochs)));
  const held = curves.some(({ epochs }) => epochs.some(({ valLoss }) => valLoss !== undefined));
  return {
    id: "curves",
    short: "Training",
    title: "How the networks learned",
    body: markup`<ul class="key"><li>${swatch("voice", "mean")}training${
      held && markup`<li>${swatch("face", "mean held")}validation, inside the training fold`
    }<li>${swatch("t0", "fold")}one fold</ul>
<div class="cards curves">${cards.slice(0, SHOWN)}</div>
${
      cards.length > SHOWN &&
      folded(
        `${count(cards.length - SHOWN, "more network")}`,
        markup`<div class="cards curves">${cards.slice(SHOWN)}</div>`,
      )
    }`,
  };
}

function card(model: string, folds: readonly (readonly CurvePoint[])[]): Markup {
  const last = folds.map((epochs) => epochs.at(-1)!);
  const mean = (of: Quantity) => average(last.map(of));
  const [loss, accuracy] = [mean((e) => e.loss)!, mean((e) => e.accuracy)!];
  const valAccuracy = mean((e) => e.valAccuracy);
  const longest = Math.max(...folds.map((epochs) => epochs.length));
  return markup`<div class="card"><h3>${model}</h3><small class="soft">${
    count(folds.length, "fit")
  }, at most ${count(longest, "epoch")}; in the end loss ${loss.toFixed(2)}, training accuracy ${
    percent(accuracy)
  }${valAccuracy !== undefined && `, validation ${percent(valAccuracy)}`}</small>
${chart("loss", model, folds, (e) => e.loss, (e) => e.valLoss)}
${chart("accuracy", model, folds, (e) => e.accuracy, (e) => e.valAccuracy, 1)}</div>`;
}

function chart(
  name: string,
  model: string,
  folds: readonly (readonly CurvePoint[])[],
  trained: Quantity,
  validated: Quantity,
  limit?: number,
): Markup {
  const epochs = Math.max(...folds.map((fold) => fold.at(-1)!.epoch));
  const values = folds.flatMap((fold) => fold.flatMap((e) => [trained(e), validated(e)]))
    .filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const top = limit ?? niceCeiling(Math.max(...values, 0));
  const x = (epoch: number) =>
    LEFT + (WIDTH - LEFT) * (epochs === 1 ? 0.5 : (epoch - 1) / (epochs - 1));
  const y = (value: number) =>
    TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.min(top, Math.max(0, value)) / top);
  const line = (kind: string, fold: readonly CurvePoint[], of: Quantity) => {
    const steps = fold.flatMap((e) => {
      const value = of(e);
      return value === undefined || !Number.isFinite(value)
        ? []
        : [`${x(e.epoch).toFixed(1)} ${y(value).toFixed(1)}`];
    });
    return steps.length > 0 && markup`<path class="${kind}" d="M${new Markup(steps.join("L"))}"/>`;
  };
  const both = (tone: string, of: Quantity, held: string): Content =>
    markup`<g class="${tone}">${folds.length > 1 && folds.map((fold) => line("fold", fold, of))}${
      line(`mean${held}`, meanFold(folds, of), of)
    }</g>`;
  return markup`<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name} by epoch of ${model}">${
    [0, 0.5, 1].map((share) =>
      markup`<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${y(share * top)}" y2="${
        y(share * top)
      }"/><text x="${LEFT - 5}" y="${y(share * top) + 3.5}" class="last">${
        limit === 1 ? `${100 * share}%` : Number((share * top).toPrecision(2))
      }</text>`
    )
  }<text x="${LEFT}" y="${HEIGHT - 4}">${name} · epoch 1</text><text x="${WIDTH}" y="${
    HEIGHT - 4
  }" class="last">${epochs}</text>${both("face", validated, " held")}${
    both("voice", trained, "")
  }</svg>`;
}

/** The mean of the folds that reached each epoch. */
function meanFold(folds: readonly (readonly CurvePoint[])[], of: Quantity): CurvePoint[] {
  const byEpoch = Map.groupBy(folds.flat(), ({ epoch }) => epoch);
  return Array.from(byEpoch).toSorted(([a], [b]) => a - b).flatMap(([epoch, points]) => {
    const value = average(points.map(of));
    return value === undefined
      ? []
      : [{ epoch, loss: value, accuracy: value, valLoss: value, valAccuracy: value }];
  });
}

function average(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, v) => sum + v, 0) / known.length;
}

/** The least of 1, 2, 2.5 and 5 times a power of ten that is not below `value`. */
function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].find((step) => step * power >= value)! * power;
}

function swatch(tone: string, kind: string): Markup {
  return markup`<svg class="curve swatch ${tone}" viewBox="0 0 26 12" aria-hidden="true"><path class="${kind}" d="M1 6L25 6"/></svg>`;
}

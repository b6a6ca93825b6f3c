import { riskCoverage } from "../../evaluate/confidence/risk_coverage.ts";
import type { Predictions } from "../../pipeline/run/results.ts";
import { MODALITY_LABELS, rowTitle } from "../row_label.ts";
import { bestRow, type RowView, type RunView } from "../run_view.ts";
import { percent } from "./format.ts";
import { Markup, markup } from "./markup.ts";
import { scrolling, type Section } from "./section.ts";
import { MODALITIES, MODALITY_MARKS } from "./tones.ts";

const WIDTH = 640, HEIGHT = 240, LEFT = 44, RIGHT = 630, TOP = 8, BOTTOM = 206;

/** A curve has no more points than can be seen. */
const MOST_POINTS = 200;

/** The best row of a modality, with what it brings to keep only what it is sure of. */
interface Curve {
  readonly view: RowView;
  readonly points: readonly { readonly coverage: number; readonly risk: number }[];
  readonly area: number;
  readonly surestHalf: number;
}

/** How many answers are wrong of those that a model is sure of: the best row of each modality. */
export function riskAgainstCoverage(view: RunView): Section | null {
  const curves = MODALITIES
    .map((modality) => bestRow(view, (row) => row.modality === modality))
    .filter((row) => row !== undefined)
    .map((row) => curveOf(row, view.predictions));
  if (curves.length === 0) return null;
  const top = Math.max(0.1, ...curves.flatMap(({ points }) => points.map(({ risk }) => risk)));
  return {
    id: "risk",
    short: "Sure or not",
    title: "How sure a model is, and how right",
    body:
      markup`<p>Answers ranked by their probability: of the surest ones, as many as the coverage says, the share that is wrong. A curve that falls to the left belongs to a model that knows when it is right.</p>
<ul class="key">${
        curves.map(({ view: { row } }) =>
          markup`<li><svg class="curve swatch ${
            MODALITY_MARKS[row.modality].tone
          }" viewBox="0 0 26 12" aria-hidden="true"><path class="mean" d="M1 6L25 6"/></svg>${
            MODALITY_LABELS[row.modality]
          } <small class="soft">${rowTitle(row)}</small></li>`
        )
      }</ul>
<div class="card">${drawing(curves, Math.min(1, top))}</div>
${scrolling("How right the surest half is", table(curves))}`,
  };
}

function table(curves: readonly Curve[]): Markup {
  return markup`<table><caption>Of the best row of each modality</caption>
<thead><tr><th scope="col">seen</th><th scope="col" class="num">right of all</th><th scope="col" class="num">right of the surest half</th><th scope="col" class="num">AURC</th><th scope="col" class="num">ECE</th></tr></thead>
<tbody>${
    curves.map(({ view: { row }, area, surestHalf }) =>
      markup`<tr><th scope="row">${MODALITY_LABELS[row.modality]}</th>${
        [
          percent(row.test.accuracy),
          percent(surestHalf),
          area.toFixed(3),
          row.test.ece.toFixed(3),
        ].map((cell) => markup`<td class="num">${cell}</td>`)
      }</tr>`
    )
  }</tbody></table>`;
}

function curveOf(view: RowView, { rows, samples }: Predictions): Curve {
  const { predicted, probabilities } = rows[view.index];
  const confidence = probabilities.map((row) => Math.max(...row));
  const right = samples.map(({ truth }, k) => predicted[k] === truth);
  const { points, ...rest } = riskCoverage(confidence, right);
  const step = Math.ceil(points.length / MOST_POINTS);
  const shown = points.filter((_, k) => k % step === 0 || k === points.length - 1);
  return { view, points: shown, ...rest };
}

function drawing(curves: readonly Curve[], top: number): Markup {
  const x = (coverage: number) => LEFT + (RIGHT - LEFT) * coverage;
  const y = (risk: number) => BOTTOM - (BOTTOM - TOP) * risk / top;
  const said = curves.map(({ view: { row }, surestHalf }) =>
    `${MODALITY_LABELS[row.modality]}: ${percent(1 - row.test.accuracy)} wrong of all, ${
      percent(1 - surestHalf)
    } of the surest half`
  );
  return markup`<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Risk against coverage. ${
    said.join("; ")
  }">${
    [0, 0.5, 1].map((share) =>
      markup`<line class="axis" x1="${LEFT}" x2="${RIGHT}" y1="${y(share * top)}" y2="${
        y(share * top)
      }"/><text x="${LEFT - 5}" y="${y(share * top) + 3.5}" class="last">${
        (100 * share * top).toFixed(0)
      }%</text><text x="${x(share)}" y="${BOTTOM + 14}" class="middle">${100 * share}%</text>`
    )
  }<text x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 6}" class="middle">wrong, by coverage</text>${
    curves.map(({ view: { row }, points }) =>
      markup`<g class="${MODALITY_MARKS[row.modality].tone}"><path class="mean" d="M${new Markup(
        points.map(({ coverage, risk }) => `${x(coverage).toFixed(1)} ${y(risk).toFixed(1)}`)
          .join("L"),
      )}"/></g>`
    )
  }</svg>`;
}

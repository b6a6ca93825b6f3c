import type { ModelCard } from "../recognize/bundle/model_card.ts";
import { nameSenses } from "../recognize/words/name_senses.ts";
import type { Prediction, TimedPrediction } from "../recognize/prediction.ts";
import { percent } from "../report/html/format.ts";
import { type Content, Markup, markup } from "../report/html/markup.ts";
import { renderPage } from "../report/html/page.ts";
import { folded, scrolling, type Section } from "../report/html/section.ts";
import { tone } from "../report/html/tones.ts";
import type { ClipViews } from "./clip_views.ts";

/** A clip with its predictions over time. */
export interface TimelineClip {
  /** Name of the file. */
  readonly file: string;
  /** Length in seconds. */
  readonly seconds: number;
  /** The prediction of the whole. */
  readonly whole: Prediction;
  /** The predictions along it. */
  readonly windows: readonly TimedPrediction[];
  /** What it looks and sounds like. */
  readonly views: ClipViews;
}

/** Sizes in the drawing's own unit. */
const WIDTH = 1000,
  LEFT = 110,
  RIGHT = 978,
  TOP = 6,
  BAND = 26,
  GAP = 8,
  WAVE = 56,
  AXIS = 22,
  LABELS = 26;

/**
 * One page with the timeline of every clip: thumbnails, waveform, and for each label how probable it is
 * along the clip, drawn and as a table. It needs no script and no other file.
 */
export function renderTimeline(card: ModelCard, clips: readonly TimelineClip[]): string {
  const title = clips.length === 1 ? clips[0].file : `${clips.length} clips`;
  return renderPage({
    title: `${title} – Emofuse timeline`,
    head: markup`<h1><b>Emofuse</b> timeline</h1>
<p class="lead">${clips.length === 1 ? clips[0].file : `${clips.length} clips`} by ${card.name}</p>
<p class="soft">Each mark is a window of the clip, at its middle; the model was trained on windows of ${card.windowSeconds} s.
It names what an expression resembles, not what somebody feels.</p>`,
    sections: clips.map((clip, i) => clipSection(card, clip, i)),
    foot: markup`${card.licence.weights}`,
  });
}

function clipSection({ labels }: ModelCard, clip: TimelineClip, i: number): Section {
  const { whole, windows, file } = clip;
  return {
    id: `clip-${i + 1}`,
    short: file,
    title: file,
    body: markup`<p>As a whole: <b>${whole.label}</b>, ${
      whole.label !== whole.likeliest && `likeliest ${whole.likeliest}, `
    }${percent(whole.probabilities[whole.likeliest])}, by ${nameSenses(whole.used)}.${
      whole.fallback !== undefined && ` ${whole.fallback}.`
    }</p>
${scrolling(`Timeline of ${file}`, drawing(labels, clip))}
${folded("The numbers", scrolling(`Predictions along ${file}`, table(labels, windows)))}`,
  };
}

function drawing(
  labels: readonly string[],
  { file, seconds, windows, views }: TimelineClip,
): Markup {
  const x = (time: number) =>
    round(LEFT + (RIGHT - LEFT) * Math.min(1, Math.max(0, time / seconds)));
  const parts: Content[] = [];
  let y = TOP;
  if (views.thumbnails.length > 0) {
    const width = (RIGHT - LEFT) / views.thumbnails.length - 2;
    const height = Math.min(72, width / views.aspect);
    parts.push(
      views.thumbnails.map(({ url }, i) =>
        markup`<image x="${round(LEFT + i * (width + 2))}" y="${y}" width="${
          round(width)
        }" height="${round(height)}" preserveAspectRatio="xMidYMid meet" href="${url}"/>`
      ),
    );
    y += height + GAP;
  }
  if (views.waveform.length > 0) {
    parts.push(name("sound", y + WAVE / 2), waveform(views, x, y));
    y += WAVE + GAP;
  }
  parts.push(name("says", y + LABELS / 2), spoken(labels, windows, seconds, x, y));
  y += LABELS + GAP;
  labels.forEach((label, i) => {
    parts.push(name(label, y + BAND / 2), band(label, i, windows, x, y));
    y += BAND + GAP;
  });
  parts.push(axis(seconds, x, y));
  const said = windows.map(({ start, end, label }) =>
    `${((start + end) / 2).toFixed(1)} s ${label || "nothing"}`
  );
  return markup`<svg class="curve" style="min-width:44rem" viewBox="0 0 ${WIDTH} ${
    round(y + AXIS)
  }" role="img" aria-label="Timeline of ${file}: ${said.join(", ")}">${parts}</svg>`;
}

function name(text: string, y: number): Markup {
  return markup`<text x="${LEFT - 10}" y="${
    round(y + 4)
  }" class="last" style="font-size:14px">${text}</text>`;
}

function waveform({ waveform: peaks, soundSeconds }: ClipViews, x: Scale, y: number): Markup {
  const middle = y + WAVE / 2;
  const at = (i: number, side: number) =>
    `${x((i + 0.5) * soundSeconds / peaks.length)} ${round(middle + side * peaks[i] * WAVE / 2)}`;
  const upper = peaks.map((_, i) => at(i, -1));
  const lower = peaks.map((_, i) => at(i, 1)).reverse();
  return markup`<g class="voice"><path style="fill:var(--tone)" d="M${new Markup(
    [...upper, ...lower].join("L"),
  )}Z"/></g>`;
}

/** Maps seconds to the drawing. */
type Scale = (time: number) => number;

const middleOf = ({ start, end }: TimedPrediction) => (start + end) / 2;

/** The label of each window, in a row; equal neighbours are one. */
function spoken(
  labels: readonly string[],
  windows: readonly TimedPrediction[],
  seconds: number,
  x: Scale,
  y: number,
): Content {
  const runs: { label: string; from: number; to: number }[] = [];
  windows.forEach((window, i) => {
    const from = i === 0 ? 0 : (middleOf(windows[i - 1]) + middleOf(window)) / 2;
    const next = windows[i + 1];
    const to = next ? (middleOf(window) + middleOf(next)) / 2 : seconds;
    const last = runs.at(-1);
    if (last?.label === window.label) last.to = to;
    else runs.push({ label: window.label, from, to });
  });
  return runs.map(({ label, from, to }) => {
    const width = round(x(to) - x(from));
    const text = label || "–";
    // The stroke's colour tells the label; the text tells it without colours, where there is room. It
    // stands at the start: the middle of a long stretch is out of sight where the drawing is scrolled.
    // What is no label of the model's, such as uncertain, has no colour of its own.
    const index = labels.indexOf(label);
    return markup`<g class="${index >= 0 && tone(index)}"><rect x="${
      x(from)
    }" y="${y}" width="${width}" height="${LABELS}" rx="4" style="fill:var(--tone,var(--soft));fill-opacity:.18;stroke:var(--tone,var(--soft))"><title>${text}</title></rect>${
      width > 9 * text.length &&
      markup`<text x="${round(x(from) + 5)}" y="${
        y + LABELS / 2 + 5
      }" style="font-size:14px;fill:var(--ink)">${text}</text>`
    }</g>`;
  });
}

/** How probable one label is along the clip: an area from 0 to 1. */
function band(
  label: string,
  i: number,
  windows: readonly TimedPrediction[],
  x: Scale,
  y: number,
): Markup {
  const bottom = y + BAND;
  const points = windows.map((window) =>
    [x(middleOf(window)), round(bottom - BAND * window.probabilities[label])] as const
  );
  const line = points.map((point) => point.join(" ")).join("L");
  const area = `M${points[0][0]} ${bottom}L${line}L${points.at(-1)![0]} ${bottom}Z`;
  return markup`<g class="${
    tone(i)
  }"><line class="axis" x1="${LEFT}" x2="${RIGHT}" y1="${bottom}" y2="${bottom}"/><path style="fill:var(--tone);fill-opacity:.25;stroke-width:2" d="${new Markup(
    area,
  )}"/>${
    points.map(([cx, cy]) => markup`<circle cx="${cx}" cy="${cy}" r="3" style="fill:var(--tone)"/>`)
  }</g>`;
}

function axis(seconds: number, x: Scale, y: number): Content {
  const step = [0.5, 1, 2, 5, 10, 30, 60].find((step) => seconds / step <= 12) ?? 120;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => {
    const time = i * step;
    return markup`<text x="${x(time)}" y="${
      round(y + 14)
    }" class="middle" style="font-size:13px">${time} s</text>`;
  });
}

function table(labels: readonly string[], windows: readonly TimedPrediction[]): Markup {
  return markup`<table><caption>Probability of each label in each window</caption>
<thead><tr><th scope="col">from</th><th scope="col">to</th><th scope="col">says</th>${
    labels.map((label) => markup`<th scope="col" class="num">${label}</th>`)
  }<th scope="col">by</th><th scope="col">notes</th></tr></thead>
<tbody>${
    windows.map(({ start, end, label, probabilities, used, quality }) =>
      markup`<tr><td>${start.toFixed(1)} s</td><td>${end.toFixed(1)} s</td><td>${
        label || "–"
      }</td>${
        labels.map((label) => markup`<td class="num">${percent(probabilities[label])}</td>`)
      }<td>${nameSenses(used) || "–"}</td><td>${quality.join(", ")}</td></tr>`
    )
  }</tbody></table>`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

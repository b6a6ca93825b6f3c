import { place } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import { shapePath } from "./shapes.ts";

/** A mark on a track, with its interval. */
export interface TrackMark {
  /** Where it stands, 0 to 1. */
  readonly value: number;
  /** Its interval, drawn as a line. */
  readonly interval?: readonly [number, number];
  /** Number of its shape. */
  readonly shape: number;
  /** CSS class of its colour. */
  readonly tone: string;
  /** Drawn as an outline. */
  readonly hollow?: boolean;
}

/** What a track shows beside its marks. */
export interface TrackOptions {
  /** Everything the drawing says, in words. */
  readonly label: string;
  /** Places of dashed lines, such as chance. */
  readonly dashed?: readonly number[];
  /** Joins the marks by a line. */
  readonly joined?: boolean;
  /** Gives each mark a line of its own, below the one before. */
  readonly spread?: boolean;
}

/** Shares at which a track has a line. */
const GRID = [0, 0.25, 0.5, 0.75, 1];

/**
 * Marks with intervals on one line from 0 to 100 %. Places are in per cent, so that the drawing is as
 * wide as its column and nothing in it is stretched.
 */
export function track(marks: readonly TrackMark[], options: TrackOptions): Markup {
  const { label, dashed = [], joined = false, spread = false } = options;
  const y = (i: number) => spread ? `${Math.round(100 * (i + 1) / (marks.length + 1))}%` : "50%";
  const values = marks.map(({ value }) => value);
  return markup`<svg class="track" role="img" aria-label="${label}">${
    GRID.map((at) => line("grid", at, at, "0", "100%"))
  }${dashed.map((at) => line("chance", at, at, "0", "100%"))}${
    joined && marks.length > 1 &&
    line("joint", Math.min(...values), Math.max(...values), "50%", "50%")
  }${
    marks.map(({ value, interval, shape, tone, hollow }, i) =>
      markup`<g class="${tone}${hollow ? " hollow" : ""}">${
        interval && line("interval", interval[0], interval[1], y(i), y(i))
      }<svg x="${place(value)}" y="${y(i)}"><path class="mark" d="${
        shapePath(shape, 5)
      }"/></svg></g>`
    )
  }</svg>`;
}

/** The scale above tracks: 0 to 100 %. */
export function trackScale(): Markup {
  return markup`<svg class="track scale" aria-hidden="true">${
    GRID.map((at) =>
      markup`<text x="${place(at)}" y="100%" dy="-3" class="${
        at === 0 ? "first" : at === 1 ? "last" : "middle"
      }">${100 * at}${at === 1 && " %"}</text>`
    )
  }</svg>`;
}

function line(kind: string, x1: number, x2: number, y1: string, y2: string): Markup {
  return markup`<line class="${kind}" x1="${place(x1)}" x2="${place(x2)}" y1="${y1}" y2="${y2}"/>`;
}

import { type Markup, markup } from "./markup.ts";

/** Outlines of eight marks that can be told apart without colour, drawn around 0, 0 with radius 1. */
const OUTLINES: readonly (readonly (readonly [x: number, y: number])[])[] = [
  ngon(12, 1, 0),
  [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
  [[0, 1.15], [1.1, -0.85], [-1.1, -0.85]],
  cross(0),
  cross(Math.PI / 4),
  star(),
];

/** What the marks are called, in the order of their numbers. */
export const SHAPE_NAMES: readonly string[] = [
  "disc",
  "square",
  "diamond",
  "triangle",
  "inverted triangle",
  "plus",
  "cross",
  "star",
];

/** The path of mark number `shape` (they repeat after eight) at `x`, `y` with the given radius. */
export function shapePath(shape: number, radius: number, x = 0, y = 0): string {
  const steps = OUTLINES[shape % OUTLINES.length].map(([dx, dy]) =>
    `${round(x + radius * dx)} ${round(y + radius * dy)}`
  );
  return `M${steps.join("L")}z`;
}

/** A mark in a line of text, with the tone's colour. */
export function shapeIcon(shape: number, tone: string, hollow = false): Markup {
  return markup`<svg class="icon ${tone}${
    hollow ? " hollow" : ""
  }" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true"><path class="mark" d="${
    shapePath(shape, 5)
  }"/></svg>`;
}

function ngon(n: number, radius: number, turn: number): [number, number][] {
  return Array.from({ length: n }, (_, i) => {
    const angle = turn + 2 * Math.PI * i / n;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function cross(turn: number): [number, number][] {
  const corners: [number, number][] = [];
  for (let arm = 0; arm < 4; arm++) {
    const angle = turn + arm * Math.PI / 2;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (const [along, across] of [[0.4, -0.4], [1.2, -0.4], [1.2, 0.4]]) {
      corners.push([along * cos - across * sin, along * sin + across * cos]);
    }
  }
  return corners;
}

function star(): [number, number][] {
  const [outer, inner] = [ngon(5, 1.3, -Math.PI / 2), ngon(5, 0.55, -Math.PI / 2 + Math.PI / 5)];
  return outer.flatMap((corner, i) => [corner, inner[i]]);
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

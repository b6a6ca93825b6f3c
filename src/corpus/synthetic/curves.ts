import type { Path } from "./canvas.ts";

/** A point: x and y. */
export type Point = readonly [number, number];

/**
 * A smooth curve through points (Catmull-Rom), as a path of short straight pieces.
 *
 * @param points The points to pass through, at least two.
 * @param closed Whether the curve returns to its first point. Default: false.
 * @param pieces Straight pieces between two points. Default: 6.
 */
export function smoothCurve(points: readonly Point[], closed = false, pieces = 6): number[] {
  const n = points.length;
  const at = (i: number) => closed ? points[(i + n) % n] : points[Math.min(n - 1, Math.max(0, i))];
  const path: number[] = [];
  const spans = closed ? n : n - 1;
  for (let i = 0; i < spans; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < pieces; k++) {
      const t = k / pieces;
      for (const axis of [0, 1]) {
        const slopeB = (c[axis] - a[axis]) / 2;
        const slopeC = (d[axis] - b[axis]) / 2;
        const bend = 3 * (c[axis] - b[axis]) - 2 * slopeB - slopeC;
        const twist = 2 * (b[axis] - c[axis]) + slopeB + slopeC;
        path.push(b[axis] + t * (slopeB + t * (bend + t * twist)));
      }
    }
  }
  if (!closed) path.push(points[n - 1][0], points[n - 1][1]);
  return path;
}

/** An ellipse as a path of `corners` straight pieces. Default: 28 pieces. */
export function ellipse(
  x: number,
  y: number,
  radiusX: number,
  radiusY: number,
  corners = 28,
): number[] {
  const path: number[] = [];
  for (let i = 0; i < corners; i++) {
    const angle = 2 * Math.PI * i / corners;
    path.push(x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle));
  }
  return path;
}

/**
 * A brush stroke along a smooth curve: the outline of a line whose thickness changes on its way.
 *
 * @param points The points that the middle of the stroke passes through.
 * @param halfWidths Half the thickness at each point.
 */
export function stroke(points: readonly Point[], halfWidths: readonly number[]): Path {
  const middle = smoothCurve(points);
  const width = smoothCurve(halfWidths.map((half, i) => [i, half] as const));
  const there: number[] = [];
  const back: number[] = [];
  const count = middle.length / 2;
  for (let i = 0; i < count; i++) {
    const before = Math.max(0, i - 1) * 2;
    const after = Math.min(count - 1, i + 1) * 2;
    const dx = middle[after] - middle[before];
    const dy = middle[after + 1] - middle[before + 1];
    const half = Math.max(0, width[2 * i + 1]) / (Math.hypot(dx, dy) || 1);
    const [x, y] = [middle[2 * i], middle[2 * i + 1]];
    there.push(x - dy * half, y + dx * half);
    back.push(y - dx * half, x + dy * half);
  }
  // The way back is written y before x, so that reversing it gives points again.
  return there.concat(back.reverse());
}

import type { AlignedFace } from "./align_face.ts";

/** Points that mirror each other: left of the picture, right of the picture. */
const PAIRS = [
  ...Array.from({ length: 8 }, (_, i) => [i, 16 - i]),
  ...Array.from({ length: 5 }, (_, i) => [17 + i, 26 - i]),
  ...[[31, 35], [32, 34]],
  ...[[36, 45], [37, 44], [38, 43], [39, 42], [40, 47], [41, 46]],
  ...[[48, 54], [49, 53], [50, 52], [59, 55], [58, 56], [60, 64], [61, 63], [67, 65]],
] as const;

/** Points on the middle line: chin, nose, lips. */
const MIDDLE = [8, 27, 28, 29, 30, 33, 51, 57, 62, 66] as const;

/** Names of the 78 numbers of a symmetric shape, in their order. */
export const SYMMETRIC_SHAPE: readonly string[] = [
  ...PAIRS.flatMap(([left, right]) => [`half-width-${left}-${right}`, `y-${left}-${right}`]),
  ...MIDDLE.flatMap((point) => [`x-${point}`, `y-${point}`]),
];

/**
 * The shape of one aligned face with its left and right halves averaged: for each of 29 pairs of points
 * half of their distance across and their mean height, for each of 10 points of the middle line its
 * position. Averaging halves the landmarks' noise and forgets which side of the mouth speaks.
 *
 * @param out Where the shape is written [78], see {@linkcode SYMMETRIC_SHAPE}.
 */
export function symmetricShape({ points }: AlignedFace, out: Float32Array): void {
  let at = 0;
  for (const [left, right] of PAIRS) {
    out[at++] = (points[2 * right] - points[2 * left]) / 2;
    out[at++] = (points[2 * left + 1] + points[2 * right + 1]) / 2;
  }
  for (const point of MIDDLE) {
    out[at++] = points[2 * point];
    out[at++] = points[2 * point + 1];
  }
}

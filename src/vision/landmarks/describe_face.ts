import type { AlignedFace } from "./align_face.ts";

/**
 * Names of the 21 descriptors of a frame, in their order. Lengths are in inter-ocular distances, y
 * counts downwards, "lift" upwards.
 *
 * The first sixteen follow the action units of the Facial Action Coding System (P. Ekman and W. Friesen,
 * 1978): lips that stretch, part, rise and press, the jaw's drop, the brows' inner and outer raise
 * and their furrow, the eyes' closing, the nose's wrinkling. `eye-opening` is the eye aspect ratio of
 * T. Soukupova and J. Cech ("Real-time eye blink detection using facial landmarks", CVWW 2016). The
 * last six are the head's: two stand-ins for its turn and nod, and its tilt, place and size.
 */
export const LANDMARK_DESCRIPTORS = [
  "mouth-width",
  "mouth-opening",
  "lips-height",
  "corner-lift",
  "upper-lip",
  "corner-height",
  "mouth-shift",
  "jaw-drop",
  "inner-brow-lift",
  "brow-lift",
  "outer-brow-lift",
  "brow-gap",
  "eye-opening",
  "nose-width",
  "nose-length",
  "head-turn",
  "head-nod",
  "head-tilt",
  "head-x",
  "head-y",
  "head-size",
] as const;

/**
 * Numbers of the descriptors, counted from 0, that change their sign where the picture is mirrored, if left and right
 * landmarks change places too. The others stay as they are.
 */
export const MIRRORED_DESCRIPTORS: readonly number[] = [
  "mouth-shift" as const,
  "head-turn" as const,
  "head-tilt" as const,
  "head-x" as const,
].map((name) => LANDMARK_DESCRIPTORS.indexOf(name));

/**
 * Where the head of a clip usually is, in pixels. Its motion is counted from there, so that it depends
 * neither on the size of the picture nor on where the camera stood.
 */
export interface HeadRest {
  /** Usual midpoint between the eyes. */
  readonly centre: readonly [x: number, y: number];
  /** Usual distance between the eyes. */
  readonly scale: number;
}

/**
 * The 21 descriptors of one aligned face, see {@linkcode LANDMARK_DESCRIPTORS}.
 *
 * @param out Where they are written [21].
 */
export function describeFace(
  { points, centre, scale, roll }: AlignedFace,
  rest: HeadRest,
  out: Float32Array,
): void {
  const x = (i: number) => points[2 * i];
  const y = (i: number) => points[2 * i + 1];
  const distance = (i: number, j: number) => Math.hypot(x(i) - x(j), y(i) - y(j));
  const aspect = (i: number) =>
    ratio(distance(i + 1, i + 5) + distance(i + 2, i + 4), 2 * distance(i, i + 3));
  const corners = (y(48) + y(54)) / 2;
  out.set([
    distance(48, 54),
    (distance(61, 67) + distance(62, 66) + distance(63, 65)) / 3,
    (distance(50, 58) + distance(51, 57) + distance(52, 56)) / 3,
    (y(51) + y(57)) / 2 - corners,
    y(51) - y(33),
    corners,
    (x(51) + x(57)) / 2,
    distance(8, 33),
    -(y(21) + y(22)) / 2,
    -(y(19) + y(24)) / 2,
    -(y(17) + y(26)) / 2,
    distance(21, 22),
    (aspect(36) + aspect(42)) / 2,
    distance(31, 35),
    y(33),
    x(30),
    ratio(y(30), y(8)),
    roll,
    (centre[0] - rest.centre[0]) / rest.scale,
    (centre[1] - rest.centre[1]) / rest.scale,
    Math.log(scale / rest.scale),
  ]);
}

/** 0 where the points are so wrong that there is nothing to divide by. */
function ratio(a: number, b: number): number {
  return Math.abs(b) > 1e-3 ? a / b : 0;
}

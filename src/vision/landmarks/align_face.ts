import { LANDMARKS } from "./landmark_track.ts";

/** A face in its own coordinates, and where it was. */
export interface AlignedFace {
  /**
   * The points [68, 2] after the similarity that brings the midpoint between the eyes to the origin,
   * the eyes to one height and their distance to 1; x to the right, y down.
   */
  readonly points: Float64Array;
  /** Midpoint between the eyes, in pixels. */
  readonly centre: readonly [x: number, y: number];
  /** Distance between the eyes, in pixels. */
  readonly scale: number;
  /** Angle of the line through the eyes in radians: positive where the right of the picture is lower. */
  readonly roll: number;
}

/**
 * Aligns one face by its eyes, each taken as the mean of its six points: what is left of a face when
 * its place, its size and the head's tilt are taken away. The inter-ocular distance is the customary
 * unit of landmark errors (C. Sagonas et al., 2013).
 *
 * @param face The points [68, 2] in pixels; the eyes must not coincide.
 */
export function alignFace(face: Float32Array): AlignedFace {
  const left = meanOf(face, 36, 42);
  const right = meanOf(face, 42, 48);
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const scale = Math.hypot(dx, dy);
  const [cos, sin] = [dx / scale, dy / scale];
  const centre = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2] as const;
  const points = new Float64Array(LANDMARKS * 2);
  for (let i = 0; i < LANDMARKS; i++) {
    const x = face[2 * i] - centre[0];
    const y = face[2 * i + 1] - centre[1];
    points[2 * i] = (cos * x + sin * y) / scale;
    points[2 * i + 1] = (cos * y - sin * x) / scale;
  }
  return { points, centre, scale, roll: Math.atan2(dy, dx) };
}

function meanOf(face: Float32Array, from: number, to: number): [number, number] {
  let x = 0;
  let y = 0;
  for (let i = from; i < to; i++) {
    x += face[2 * i];
    y += face[2 * i + 1];
  }
  return [x / (to - from), y / (to - from)];
}

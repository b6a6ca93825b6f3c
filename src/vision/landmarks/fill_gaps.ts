import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";

/**
 * A track whose frames without a face are filled: points between two frames that have one lie on the
 * straight line between theirs, in proportion to time; before the first and after the last they stay.
 * A frame whose eyes coincide has no face, whatever `found` says: nothing could be aligned by it.
 *
 * @param points [frames, 68, 2].
 * @param timestamps Seconds [frames], increasing.
 * @param found 1 where a face was found [frames].
 * @returns The track, or undefined where no frame has a face.
 *
 * @throws {RangeError} If the sizes disagree.
 *
 * @example
 * ```ts
 * import { fillGaps } from "./fill_gaps.ts";
 * import assert from "node:assert/strict";
 *
 * const points = new Float32Array(3 * 136);
 * for (const frame of [0, 2]) {
 *   for (let i = 0; i < 136; i++) points[frame * 136 + i] = i + 10 * frame;
 * }
 * const track = fillGaps(points, Float64Array.of(0, 0.5, 2), Uint8Array.of(1, 0, 1))!;
 * assert.equal(track.points[136], 5); // a quarter of the way from 0 to 20
 * ```
 */
export function fillGaps(
  points: Float32Array,
  timestamps: Float64Array,
  found: Uint8Array,
): LandmarkTrack | undefined {
  const width = LANDMARKS * 2;
  const frames = timestamps.length;
  if (points.length !== frames * width || found.length !== frames) {
    throw new RangeError(
      `${frames} frames need ${frames * width} coordinates and ${frames} flags, ` +
        `got ${points.length} and ${found.length}`,
    );
  }
  const filled = points.slice();
  const usable = found.map((flag, frame) =>
    flag && hasEyes(points.subarray(frame * width, (frame + 1) * width)) ? 1 : 0
  );
  const good = Array.from(usable.keys()).filter((frame) => usable[frame]);
  if (good.length === 0) return undefined;
  let next = 0;
  for (let frame = 0; frame < frames; frame++) {
    if (good[next] !== undefined && good[next] < frame) next++;
    if (usable[frame]) continue;
    const before = good[Math.max(0, next - 1)];
    const after = good[Math.min(good.length - 1, next)];
    const span = timestamps[after] - timestamps[before];
    const part = span > 0
      ? Math.min(1, Math.max(0, (timestamps[frame] - timestamps[before]) / span))
      : 0;
    for (let i = 0; i < width; i++) {
      const from = points[before * width + i];
      filled[frame * width + i] = from + part * (points[after * width + i] - from);
    }
  }
  return { points: filled, timestamps, found: usable };
}

/** Whether the outer corners of the eyes are apart and every coordinate is a number. */
function hasEyes(face: Float32Array): boolean {
  const [left, right] = [36, 45];
  const distance = Math.hypot(
    face[2 * right] - face[2 * left],
    face[2 * right + 1] - face[2 * left + 1],
  );
  return distance > 1e-3 && face.every(Number.isFinite);
}

import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";

/**
 * The points of a track at `fps` frames a second, from its first frame to its last, on the straight
 * lines between its frames: [floor(duration * fps) + 1, 68, 2].
 *
 * @throws {RangeError} If the track has no frame or `fps` is not positive.
 */
export function resampleTrack(
  { points, timestamps }: LandmarkTrack,
  fps: number,
): Float32Array {
  const frames = timestamps.length;
  if (frames === 0) throw new RangeError("a track needs at least one frame");
  if (!(fps > 0 && fps < Infinity)) throw new RangeError(`fps must be positive, got ${fps}`);
  const width = LANDMARKS * 2;
  const start = timestamps[0];
  // Times are written with four digits: the last frame must not be lost to their rounding.
  const count = Math.floor((timestamps[frames - 1] - start) * fps + 1e-2) + 1;
  const out = new Float32Array(count * width);
  for (let i = 0, frame = 0; i < count; i++) {
    const time = start + i / fps;
    while (frame + 2 < frames && timestamps[frame + 1] <= time) frame++;
    const next = Math.min(frame + 1, frames - 1);
    const span = timestamps[next] - timestamps[frame];
    const part = span > 0 ? Math.min(1, (time - timestamps[frame]) / span) : 0;
    for (let c = 0; c < width; c++) {
      const from = points[frame * width + c];
      out[i * width + c] = from + part * (points[next * width + c] - from);
    }
  }
  return out;
}

import type { Segment } from "../../src/segment/speech_segments.ts";

/** Of the segments that were found, the one that covers most of another; undefined where none covers any of it. */
export function mostOf<Found extends Segment>(
  found: readonly Found[],
  { start, end }: Segment,
): Found | undefined {
  const shared = found.map((other) => Math.min(other.end, end) - Math.max(other.start, start));
  const most = Math.max(...shared);
  return most > 0 ? found[shared.indexOf(most)] : undefined;
}

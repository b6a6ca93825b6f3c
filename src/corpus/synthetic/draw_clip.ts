import { joinFrames } from "./join_frames.ts";
import { syntheticPerformances } from "./performances.ts";
import { renderPerformance } from "./render.ts";
import type { SyntheticClip } from "./write_synthetic_corpus.ts";

/** One clip of the synthetic corpus, for whoever needs a clip and no corpus: always the same. */
export function drawClip(): SyntheticClip {
  const { frames, frameCount, ...clip } = renderPerformance(syntheticPerformances()[0]);
  return { ...clip, frames: joinFrames(frames(), frameCount) };
}

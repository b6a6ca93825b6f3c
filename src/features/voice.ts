import { VOICE_STATISTICS, voiceStatistics } from "../audio/voice_statistics.ts";
import type { FeatureSetOf } from "./feature_set.ts";

/** Statistics of the voice over a clip, at its own length. They take tens of milliseconds a clip. */
export const VOICE = {
  name: "voice",
  modality: "audio",
  needs: "sound",
  stage: "voice/2",
  names: () => VOICE_STATISTICS,
  size: () => VOICE_STATISTICS.length,
  compute: ({ dsp, samples }, { sampleRate }) => ({
    data: voiceStatistics(dsp, samples, { sampleRate }),
  }),
} as const satisfies FeatureSetOf<"sound">;

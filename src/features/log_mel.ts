import { LOG_MEL_FRAME_RATE, logMel } from "../audio/log_mel.ts";
import type { FeatureSetOf } from "./feature_set.ts";

const FRAMES = 128;
const BANDS = 64;

/** The log-mel spectrogram of the voice, 128 frames of 64 bands around its middle, frame after frame. */
export const LOG_MEL = {
  name: "log-mel",
  modality: "audio",
  needs: "sound",
  frames: {
    channels: () => BANDS,
    step: ({ seconds }) => 1 / (LOG_MEL_FRAME_RATE * seconds),
  },
  size: () => FRAMES * BANDS,
  compute({ dsp, samples }, { sampleRate, seconds }) {
    const { data, start } = logMel(dsp, samples, { sampleRate, nMels: BANDS, nFrames: FRAMES });
    return { data, start: start / seconds };
  },
} as const satisfies FeatureSetOf<"sound">;

import { resample } from "../audio/resample.ts";
import { VOICE_STATISTICS, voiceStatistics } from "../audio/voice_statistics.ts";
import type { FeatureSetOf } from "./feature_set.ts";
import { WHISPER } from "./whisper.ts";

/** The rate at which the statistics of the voice are computed, in Hz: those of other rates differ. */
const VOICE_RATE = 8000;

/** Statistics of the voice, and what a trained ear makes of it: how something is said, side by side. */
export const SPEECH = {
  name: "speech",
  modality: "audio",
  needs: "speech",
  stage: "speech/2",
  names: (settings) => [...VOICE_STATISTICS, ...WHISPER.names(settings)],
  size: (settings) => VOICE_STATISTICS.length + WHISPER.size(settings),
  blocks: (settings) => [VOICE_STATISTICS.length, ...WHISPER.blocks(settings)],
  compute(given, settings) {
    const { dsp, samples } = given;
    const voice = resample(dsp, samples, { from: settings.sampleRate, to: VOICE_RATE });
    const own = voiceStatistics(dsp, voice, { sampleRate: VOICE_RATE });
    const heard = WHISPER.compute(given).data;
    const data = new Float32Array(own.length + heard.length);
    data.set(own);
    data.set(heard, own.length);
    return { data };
  },
} as const satisfies FeatureSetOf<"speech">;

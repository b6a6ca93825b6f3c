import type { EarSettings } from "./needs.ts";
import type { FeatureSetOf } from "./feature_set.ts";
import { earLayers } from "./ear_layers.ts";
import { hear } from "./hear.ts";

/** Rows of the ear that are averaged to one frame: 80 ms with Whisper. */
const GROUP = 4;

function framesOf({ seconds, ear }: EarSettings): number {
  return Math.max(1, Math.ceil(seconds * ear.rowsPerSecond / GROUP));
}

/**
 * How what a trained ear makes of a voice runs: the layer at half its depth, four of its rows averaged to a frame,
 * frame after frame from the start of the clip. Frames beyond its end are zeros, and the window cuts what is longer.
 */
export const WHISPER_FRAMES = {
  name: "whisper-frames",
  modality: "audio",
  needs: "speech",
  stage: "whisper-frames/1",
  frames: {
    channels: ({ ear }) => ear.width,
    step: ({ seconds, ear }) => GROUP / (ear.rowsPerSecond * seconds),
  },
  size: (settings) => framesOf(settings) * settings.ear.width,
  compute({ dsp, samples, ear }, settings) {
    const { states, n } = hear(dsp, ear, samples);
    const state = states[earLayers(ear)[1]];
    const { width } = ear;
    const data = new Float32Array(framesOf(settings) * width);
    const rows = Math.min(n, framesOf(settings) * GROUP);
    for (let row = 0; row < rows; row++) {
      const frame = Math.floor(row / GROUP);
      const count = Math.min(GROUP, rows - frame * GROUP);
      for (let i = 0; i < width; i++) data[frame * width + i] += state[row * width + i] / count;
    }
    return { data };
  },
} as const satisfies FeatureSetOf<"speech">;

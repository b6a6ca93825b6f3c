import type { EarInfo } from "../../models/ear.ts";
import type { FeatureSetOf } from "./feature_set.ts";
import { earLayers } from "./ear_layers.ts";
import { hear } from "./hear.ts";
import { poolStates } from "./pool_states.ts";

/** What is summed up of an ear, number by number. */
function summedNames(ear: Pick<EarInfo, "layers" | "width">): string[] {
  return earLayers(ear).flatMap((layer) =>
    ["mean", "deviation"].flatMap((statistic) =>
      Array.from({ length: ear.width }, (_, i) => `layer${layer}.${i}.${statistic}`)
    )
  );
}

/** Means and deviations of what a trained ear makes of a voice, over the time in which somebody speaks. */
export const WHISPER = {
  name: "whisper",
  modality: "audio",
  needs: "speech",
  stage: "whisper/2",
  names: ({ ear }) => summedNames(ear),
  size: ({ ear }) => 2 * earLayers(ear).length * ear.width,
  blocks: ({ ear }) => earLayers(ear).map(() => 2 * ear.width),
  compute: ({ dsp, samples, ear }) => ({
    data: poolStates(hear(dsp, ear, samples), ear.width, earLayers(ear)),
  }),
} as const satisfies FeatureSetOf<"speech">;

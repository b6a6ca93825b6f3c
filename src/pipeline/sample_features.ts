import type { BackboneInfo } from "../../models/backbone.ts";
import { loadDsp } from "../audio/load_dsp.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import { faceStatistics } from "./face_statistics.ts";
import type { FeatureData, FeatureName } from "./fold.ts";
import { logMelFeatures } from "./log_mel_features.ts";
import { landmarkFeatures } from "./landmark_features.ts";
import { mfccFeatures } from "./mfcc_features.ts";
import type { FeatureStore } from "./store.ts";
import { voiceFeatures } from "./voice_features.ts";

/** The features of every sample that need no fitting and that the run's recipes want. */
export async function sampleFeatures(
  config: RunConfig,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  backbone: BackboneInfo | undefined,
): Promise<Partial<Record<FeatureName, FeatureData>>> {
  const wanted = new Set(config.recipes.map(({ recipe }) => recipe));
  const features: Partial<Record<FeatureName, FeatureData>> = {};
  if (config.modality !== "video") {
    const dsp = await loadDsp();
    if (wanted.has("tutorial")) features.mfcc = await mfccFeatures(dsp, store, samples, config);
    if (wanted.has("statistics")) {
      features.voice = await voiceFeatures(dsp, store, samples, config.sampleRate);
    }
    if (wanted.has("spectrogram")) {
      features["log-mel"] = await logMelFeatures(dsp, store, samples, config);
    }
  }
  if (config.modality !== "audio" && config.backbone === "landmarks") {
    Object.assign(features, await landmarkFeatures(store, samples, config));
  } else if (backbone && wanted.has("statistics")) {
    features["face-statistics"] = await faceStatistics(store, samples, backbone.channels);
  }
  return features;
}

import { spectralCentroid } from "../../src/audio/spectral_centroid.ts";
import { testSpectralFeature } from "./spectral_feature.ts";

testSpectralFeature(spectralCentroid, {
  atLeast: 34,
  tolerance: { relative: 1e-6, absolute: 1e-6 },
  wrong: [["sampleRate", 0], ["sampleRate", "8000"]],
});

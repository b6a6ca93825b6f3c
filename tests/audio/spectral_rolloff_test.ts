import { spectralRolloff } from "../../src/audio/spectral_rolloff.ts";
import { testSpectralFeature } from "./spectral_feature.ts";

testSpectralFeature(spectralRolloff, {
  atLeast: 50,
  tolerance: { relative: 1e-6 },
  wrong: [["sampleRate", NaN], ["rollPercent", 0], ["rollPercent", 1], ["rollPercent", NaN]],
});

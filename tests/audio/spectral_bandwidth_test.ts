import { spectralBandwidth } from "../../src/audio/spectral_bandwidth.ts";
import { testSpectralFeature } from "./spectral_feature.ts";

testSpectralFeature(spectralBandwidth, {
  atLeast: 50,
  tolerance: { relative: 1e-6, absolute: 1e-6 },
  wrong: [["sampleRate", -1], ["p", 0], ["p", NaN], ["p", Infinity], ["norm", 1]],
});

import { spectralFlatness } from "../../src/audio/spectral_flatness.ts";
import { testSpectralFeature } from "./spectral_feature.ts";

testSpectralFeature(spectralFlatness, {
  atLeast: 50,
  tolerance: { relative: 1e-5 },
  wrong: [["amin", 0], ["amin", 1e-39], ["amin", 2], ["power", 0], ["power", 2.1], ["power", "2"]],
});

import { loadDsp } from "../../src/audio/load_dsp.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();

Deno.test("mfcc() equals librosa and python_speech_features in every setting", () => {
  // A cosine transform that is not normalised reaches 1e4, where an f32 has steps of 1e-3.
  const tolerance = { relative: 2e-7, absolute: 2e-3 };
  assertLikeLibrosa("mfcc", 70, tolerance, (samples, { sampleRate, options }) => {
    const { data, nMfcc, nFrames } = mfcc(dsp, samples, { sampleRate, ...options });
    return { data, shape: [nMfcc, nFrames] };
  });
});

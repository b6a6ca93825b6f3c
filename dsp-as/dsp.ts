/** Entry of build/dsp.wasm: what src/audio calls. One algorithm a file in dsp/. */
export { alloc, mark, release } from "./dsp/arena";
export { createDct, runDct4 } from "./dsp/dct";
export { createFft, rfft4 } from "./dsp/fft";
export { createLibrosaMfcc, createTextbookMfcc, mfccFrames, runMfcc, runMfccPart } from "./dsp/mfcc";
export { createDelta, runDelta } from "./dsp/delta";
export { runPreemphasis } from "./dsp/preemphasis";
export { createResampler, runResampler } from "./dsp/resample";
export { runRms } from "./dsp/rms";
export { createYin, runYin } from "./dsp/yin";
export { runZeroCrossingRate } from "./dsp/zero_crossing";

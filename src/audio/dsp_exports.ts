/**
 * The functions of build/dsp.wasm; dsp-as/dsp.ts says what each does. Pointers are byte addresses in
 * `memory`.
 */
export interface DspExports {
  /** The core's memory. */
  readonly memory: WebAssembly.Memory;
  /** Reserves bytes on top of the stack. */
  alloc(bytes: number): number;
  /** The top of the stack. */
  mark(): number;
  /** Gives back everything above a mark. */
  release(to: number): void;
  /** Tables of the Fourier transform of `n` samples. */
  createFft(n: number): number;
  /** Transforms four interleaved frames. */
  rfft4(plan: number, x: number, spectrum: number): void;
  /** The first `outputs` rows of the cosine transform of `n` values, weighted by a lifter. */
  createDct(n: number, outputs: number, ortho: boolean, lifter: number, first: number): number;
  /** Cosine transform of each of `columns` columns of `n` values. */
  runDct(table: number, n: number, outputs: number, x: number, columns: number): number;
  /** Frames and their transform in single precision; `pad` is -1 where they are not centred. */
  createStft(
    nFft: number,
    winLength: number,
    hopLength: number,
    window: number,
    pad: number,
  ): number;
  /** Likewise in double precision. */
  createStft64(
    nFft: number,
    winLength: number,
    hopLength: number,
    window: number,
    pad: number,
  ): number;
  /** Number of frames of `n` samples by such a plan. */
  stftFrames(plan: number, n: number): number;
  /** Real parts, then imaginary parts, by a plan in double precision. */
  runStft(plan: number, x: number, n: number): number;
  /** The magnitudes of a signal's spectrum, by a plan in double precision. */
  magnitudesOfSignal(plan: number, x: number, n: number): number;
  /** The magnitudes that are there already. */
  magnitudesOfRows(x: number, bins: number, frames: number): number;
  /** Magnitudes as a spectrogram, or their squares. */
  runSpectrogram(magnitudes: number, power: number): number;
  /** Spectral centroid of each frame. */
  runCentroid(magnitudes: number, width: number): number;
  /** Spectral bandwidth of each frame. */
  runBandwidth(magnitudes: number, width: number, order: number, norm: boolean): number;
  /** Spectral roll-off of each frame. */
  runRolloff(magnitudes: number, width: number, share: number): number;
  /** Spectral flatness of each frame. */
  runFlatness(magnitudes: number, power: number, amin: number): number;
  /** Room for the bands of a spectral contrast. */
  createBands(count: number): number;
  /** Enters a band. */
  setBand(bands: number, k: number, first: number, bins: number, extremes: number): void;
  /** Spectral contrast of each band and frame. */
  runContrast(magnitudes: number, bands: number, count: number, linear: boolean): number;
  /** librosa's mel filters. */
  createMelBank(
    sampleRate: number,
    nFft: number,
    nMels: number,
    fMin: number,
    fMax: number,
    htk: boolean,
    equalArea: boolean,
  ): number;
  /** The filters as a matrix. */
  melWeights(bank: number, bins: number): number;
  /** The parts of a mel spectrogram: frames, filters. */
  createMelSpectrogram(stft: number, bank: number, power: number): number;
  /** Mel spectrogram of `n` samples. */
  runMelSpectrogram(plan: number, x: number, n: number): number;
  /** Turns powers into decibels, in place. */
  powerToDb(x: number, n: number, ref: number, amin: number, topDb: number): void;
  /** librosa's MFCC of the parts given: frames, filters, cosine transform. */
  createLibrosaMfcc(
    stft: number,
    bank: number,
    dct: number,
    nMfcc: number,
    power: number,
    topDb: number,
  ): number;
  /** Tables of the textbook's MFCC. */
  createTextbookMfcc(
    sampleRate: number,
    nFft: number,
    winLength: number,
    hopLength: number,
    nMels: number,
    fMin: number,
    fMax: number,
    nMfcc: number,
    lifter: number,
    preEmphasis: number,
  ): number;
  /** Number of frames of `n` samples. */
  mfccFrames(plan: number, n: number): number;
  /** MFCCs of `n` samples; the result lies above the stack's mark. */
  runMfcc(plan: number, samples: number, n: number): number;
  /** MFCCs of `frames` frames that begin at the second of `n` samples; the result likewise. */
  runMfccPart(plan: number, samples: number, n: number, frames: number): number;
  /** Weights of the derivative of the given order. */
  createDelta(width: number, order: number): number;
  /** Derivatives of `rows` rows of `frames` values. */
  runDelta(plan: number, x: number, rows: number, frames: number, mode: number): number;
  /** Pre-emphasis of `n` samples; `state` stands for -c x[-1]. */
  runPreemphasis(x: number, n: number, c: number, state: number): number;
  /** Filters of a change of sample rate. */
  createResampler(
    up: number,
    down: number,
    reach: number,
    cutoff: number,
    beta: number,
  ): number;
  /** The first `outputs` samples at the new rate. */
  runResampler(plan: number, x: number, n: number, outputs: number): number;
  /** Root mean square of each frame. */
  runRms(
    x: number,
    n: number,
    pad: number,
    mode: number,
    frameLength: number,
    hopLength: number,
    frames: number,
  ): number;
  /** Tables of the search for a period. */
  createYin(
    nFft: number,
    frameLength: number,
    minPeriod: number,
    maxPeriod: number,
    threshold: number,
  ): number;
  /** Fundamental frequency of each frame; behind them, how far each frame is from periodic. */
  runYin(
    plan: number,
    x: number,
    n: number,
    pad: number,
    mode: number,
    hopLength: number,
    frames: number,
    rate: number,
  ): number;
  /** Share of zero crossings in each frame. */
  runZeroCrossingRate(
    x: number,
    n: number,
    pad: number,
    frameLength: number,
    hopLength: number,
    frames: number,
    threshold: number,
    zeroPos: number,
    first: number,
  ): number;
}

/** Every function that the module of this version must export. */
export const DSP_FUNCTIONS = [
  "alloc",
  "mark",
  "release",
  "createFft",
  "rfft4",
  "createDct",
  "runDct",
  "createStft",
  "createStft64",
  "stftFrames",
  "runStft",
  "magnitudesOfSignal",
  "magnitudesOfRows",
  "runSpectrogram",
  "runCentroid",
  "runBandwidth",
  "runRolloff",
  "runFlatness",
  "createBands",
  "setBand",
  "runContrast",
  "createMelBank",
  "melWeights",
  "createMelSpectrogram",
  "runMelSpectrogram",
  "powerToDb",
  "createLibrosaMfcc",
  "createTextbookMfcc",
  "mfccFrames",
  "runMfcc",
  "runMfccPart",
  "createDelta",
  "runDelta",
  "runPreemphasis",
  "createResampler",
  "runResampler",
  "runRms",
  "createYin",
  "runYin",
  "runZeroCrossingRate",
] as const satisfies readonly (keyof DspExports)[];

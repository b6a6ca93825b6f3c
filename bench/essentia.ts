import { createRequire } from "node:module";
import { dct } from "../src/audio/dct.ts";
import type { Dsp } from "../src/audio/dsp.ts";
import { melFilterBank } from "../src/audio/mel_filter_bank.ts";
import { rfft } from "../src/audio/rfft.ts";
import { type Contender, LIBROSA, timeCalls } from "./contender.ts";
import { SAMPLE_RATE } from "./signals.ts";

const SIZE = 2048, HOP = 512, MELS = 128, COEFFICIENTS = 40;

/** A C++ vector in Essentia's memory, to be deleted by hand. */
interface Vector {
  delete(): void;
}

/** The parts of Essentia's core API that are used here; its own types do not describe results. */
interface EssentiaCore {
  FrameGenerator(signal: Float32Array, size: number, hop: number): Vector & {
    get(frame: number): Vector;
  };
  Windowing(
    frame: Vector,
    normalized: boolean,
    size: number,
    type: string,
    zeroPadding: number,
    zeroPhase: boolean,
  ): { frame: Vector };
  PowerSpectrum(frame: Vector, size: number): { powerSpectrum: Vector };
  MFCC(spectrum: Vector, ...settings: (number | string)[]): { mfcc: Vector; bands: Vector };
  vectorToArray(vector: Vector): Float32Array;
}

/** Settings of MFCC, in its order, that come as near to librosa's definition as Essentia can. */
const SETTINGS = [
  2, // dctType
  SAMPLE_RATE / 2, // highFrequencyBound
  SIZE / 2 + 1, // inputSize
  0, // liftering
  "dbpow", // logType
  0, // lowFrequencyBound
  "unit_tri", // normalize
  MELS, // numberBands
  COEFFICIENTS, // numberCoefficients
  SAMPLE_RATE,
  1e-10, // silenceThreshold
  "magnitude", // type: what it is given, as it is; "power" would square it
  "slaneyMel", // warpingFormula
  "linear", // weighting
];

/**
 * essentia.js, driven as its documentation says: FrameGenerator (which centres frames as librosa does),
 * then Windowing, PowerSpectrum and MFCC for each frame, vectors deleted after use.
 */
export function essentia(
  dsp: Dsp,
  signals: readonly Float32Array[],
  version: string,
): Contender {
  // Its ES module does not run in Deno or Node: it asks for __dirname.
  const { Essentia, EssentiaWASM } = createRequire(import.meta.url)("essentia.js");
  const core: EssentiaCore = new Essentia(EssentiaWASM);
  const compute = (index: number) => {
    const nFrames = 1 + Math.floor(signals[index].length / HOP);
    const data = new Float32Array(COEFFICIENTS * nFrames);
    const frames = core.FrameGenerator(signals[index], SIZE, HOP);
    for (let t = 0; t < nFrames; t++) {
      const frame = frames.get(t);
      const windowed = core.Windowing(frame, false, SIZE, "hann", 0, false).frame;
      const { powerSpectrum } = core.PowerSpectrum(windowed, SIZE);
      const { mfcc, bands } = core.MFCC(powerSpectrum, ...SETTINGS);
      const values = core.vectorToArray(mfcc);
      for (let k = 0; k < COEFFICIENTS; k++) data[k * nFrames + t] = values[k];
      for (const vector of [frame, windowed, powerSpectrum, mfcc, bands]) vector.delete();
    }
    frames.delete();
    return data;
  };
  return {
    name: `essentia.js ${version}`,
    options: LIBROSA,
    differs:
      "a symmetric Hann window in place of the periodic one, no limit of range: checked against " +
      "that definition on Emofuse's spectrum",
    tolerance: 1e-2,
    compute,
    expected: (index) => essentiaDefinition(dsp, signals[index]),
    time: (calls) => timeCalls(calls, signals.length, compute),
  };
}

/** librosa's MFCCs, without a limit of range, but for the window: Essentia's Hann window is symmetric. */
function essentiaDefinition(dsp: Dsp, signal: Float32Array): Float32Array {
  const nFrames = 1 + Math.floor(signal.length / HOP);
  const filters = melFilterBank(dsp, { sampleRate: SAMPLE_RATE, nFft: SIZE, nMels: MELS });
  const levels = new Float32Array(MELS * nFrames);
  for (let f = 0; f < nFrames; f++) {
    const first = f * HOP - SIZE / 2;
    const windowed = Float32Array.from({ length: SIZE }, (_, t) => {
      const weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * t / (SIZE - 1));
      return weight * (signal[first + t] ?? 0);
    });
    const { re, im } = rfft(dsp, windowed);
    const power = re.map((value, k) => value ** 2 + im[k] ** 2);
    for (let m = 0; m < MELS; m++) {
      const weights = filters.data.subarray(m * filters.nBins, (m + 1) * filters.nBins);
      const energy = weights.reduce((sum, weight, k) => sum + weight * power[k], 0);
      levels[m * nFrames + f] = 10 * Math.log10(Math.max(1e-10, energy));
    }
  }
  return dct(dsp, levels, { nFrames, outputs: COEFFICIENTS });
}

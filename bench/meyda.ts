import MeydaModule from "meyda";
import type { Dsp } from "../src/audio/dsp.ts";
import { rfft } from "../src/audio/rfft.ts";
import { type Contender, LIBROSA, timeCalls } from "./contender.ts";
import { SAMPLE_RATE } from "./signals.ts";

const SIZE = 2048, HOP = 512, MELS = 128, COEFFICIENTS = 40;

/** What its types call the module is what it exports as default. */
const Meyda = MeydaModule as unknown as typeof MeydaModule.default;

/**
 * Meyda, driven as its documentation says for sound that is not live: its settings once, then
 * `Meyda.extract("mfcc", frame)` for each frame, a view of the padded signal.
 */
export function meyda(dsp: Dsp, signals: readonly Float32Array[], version: string): Contender {
  const padded = signals.map((signal) => {
    const padded = new Float32Array(signal.length + SIZE);
    padded.set(signal, SIZE / 2);
    return padded;
  });
  const nFrames = (index: number) => 1 + Math.floor(signals[index].length / HOP);
  const configure = () => {
    Meyda.bufferSize = SIZE;
    Meyda.sampleRate = SAMPLE_RATE;
    Meyda.melBands = MELS;
    Meyda.numberOfMFCCCoefficients = COEFFICIENTS;
    Meyda.windowingFunction = "hanning";
  };
  const compute = (
    index: number,
    perFrame: (index: number, frame: number) => ArrayLike<number>,
  ) => {
    const frames = nFrames(index);
    const data = new Float32Array(COEFFICIENTS * frames);
    for (let t = 0; t < frames; t++) {
      const values = perFrame(index, t);
      for (let k = 0; k < COEFFICIENTS; k++) data[k * frames + t] = values[k];
    }
    return data;
  };
  const frameOf = (index: number, t: number) => padded[index].subarray(t * HOP, t * HOP + SIZE);
  const extract = (index: number, t: number) =>
    Meyda.extract("mfcc", frameOf(index, t)) as unknown as number[];
  configure();
  const filters = meydaFilters();
  return {
    name: `meyda ${version}`,
    options: LIBROSA,
    differs: "HTK's mel filters on whole bins, ln(1 + E), transform without scaling: " +
      "checked against that definition on Emofuse's spectrum",
    // Values reach some hundreds, summed in f32.
    tolerance: 1e-3,
    compute: (index) => compute(index, extract),
    expected: (index) =>
      compute(index, (index, t) => meydaDefinition(dsp, frameOf(index, t), filters)),
    time: (calls) => timeCalls(calls, signals.length, (index) => compute(index, extract)),
  };
}

/** Meyda's filters as it defines them: edges moved down to whole bins, triangles of height 1. */
function meydaFilters(): { first: number; weights: number[] }[] {
  const toMel = (hz: number) => 1125 * Math.log(1 + hz / 700);
  const edges = Array.from({ length: MELS + 2 }, (_, i) => {
    const mel = Math.fround(i * toMel(SAMPLE_RATE / 2) / (MELS + 1));
    const hz = Math.fround(700 * (Math.exp(mel / 1125) - 1));
    return Math.floor((SIZE + 1) * hz / SAMPLE_RATE);
  });
  return Array.from({ length: MELS }, (_, m) => {
    const [left, centre, right] = edges.slice(m, m + 3);
    const weights = Array.from({ length: right - left }, (_, i) => {
      const bin = left + i;
      return bin < centre ? (bin - left) / (centre - left) : (right - bin) / (right - centre);
    });
    return { first: left, weights };
  });
}

/** The MFCCs of one frame by Meyda's definition, in double precision but for the spectrum. */
function meydaDefinition(
  dsp: Dsp,
  frame: Float32Array,
  filters: readonly { first: number; weights: number[] }[],
): number[] {
  const windowed = frame.map((value, t) =>
    value * (0.5 - 0.5 * Math.cos(2 * Math.PI * t / (SIZE - 1)))
  );
  const { re, im } = rfft(dsp, windowed);
  const levels = filters.map(({ first, weights }) => {
    // Its spectrum ends before the Nyquist bin.
    const inside = weights.slice(0, SIZE / 2 - first);
    const energy = inside.reduce(
      (sum, weight, i) => sum + weight * (re[first + i] ** 2 + im[first + i] ** 2),
      0,
    );
    return Math.log(1 + energy);
  });
  return Array.from(
    { length: COEFFICIENTS },
    (_, k) =>
      2 *
      levels.reduce((sum, value, m) => sum + value * Math.cos(Math.PI * k * (m + 0.5) / MELS), 0),
  );
}

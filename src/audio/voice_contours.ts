import { activeFrames } from "./active_frames.ts";
import { dct } from "./dct.ts";
import type { Dsp } from "./dsp.ts";
import { AudioOptionError } from "./errors.ts";
import { melSpectrogram } from "./mel_spectrogram.ts";
import { checkSampleRate } from "./mel_options.ts";
import { powerToDb } from "./power_to_db.ts";
import { spectralBandwidth } from "./spectral_bandwidth.ts";
import { spectralCentroid } from "./spectral_centroid.ts";
import { spectralContrast } from "./spectral_contrast.ts";
import { spectralFlatness } from "./spectral_flatness.ts";
import { spectralRolloff } from "./spectral_rolloff.ts";
import { spectrogram } from "./spectrogram.ts";
import { yin } from "./yin.ts";
import { zeroCrossingRate } from "./zero_crossing_rate.ts";

/** Settings of {@linkcode voiceContours} and of what is made from them. */
export interface VoiceOptions {
  /** Samples a second, in Hz: at least 8000. */
  readonly sampleRate: number;
}

/** Frames a second of every contour. */
export const FRAME_RATE = 100;

const N_MELS = 40;
const N_MFCC = 20;
/** Octaves above 200 Hz: the last begins at 1600 Hz and reaches as far as the sound does. */
const CONTRAST_BANDS = 4;

/** Seconds of a spectrum's window, and of a frame of the search for a pitch: three periods of 62 Hz. */
const WINDOW = 0.032;
const PITCH_FRAME = 0.048;
/** The pitches of speech, in Hz, from a low male voice to a cry. */
const PITCH = { fMin: 65, fMax: 650 };

/** Frames that differ from themselves one period later by more than this have no pitch. */
const APERIODIC = 0.3;
/** No frame at this level, in dB, or below has a pitch. */
const SILENT = -100;

const numbered = (name: string, n: number) =>
  Array.from({ length: n }, (_, k) => `${name}${k + 1}`);

/** Names of the contours of the spectrum's shape, from which the others are told apart. */
export const MFCC_NAMES: readonly string[] = numbered("mfcc", N_MFCC);
/** Names of the levels of mel bands. */
export const MEL_NAMES: readonly string[] = numbered("mel", N_MELS);
/** Names of the contours that one number a frame describes. */
export const SOUND_NAMES: readonly string[] = [
  "level",
  "zeroCrossings",
  "centroid",
  "bandwidth",
  "rolloff",
  "flatness",
  "flux",
  ...numbered("contrast", CONTRAST_BANDS + 1),
];

/** What a voice does frame by frame. */
export interface VoiceContours {
  /** Values of each contour by its name, [nFrames]. */
  readonly contours: ReadonlyMap<string, Float32Array>;
  /** Pitch of each frame in Hz, [nFrames]; it counts only where the frame is voiced. */
  readonly pitch: Float32Array;
  /** How far each frame is from periodic, from 0 to about 1, [nFrames]. */
  readonly aperiodicity: Float32Array;
  /** Whether each frame is inside {@linkcode active}, loud enough and periodic, [nFrames]. */
  readonly voiced: readonly boolean[];
  /** Whether each frame is within 30 dB of the loudest, [nFrames]. */
  readonly loud: readonly boolean[];
  /** The first loud frame and the one after the last: what is outside is silence. */
  readonly active: readonly [from: number, to: number];
}

/**
 * Contours of a voice, 100 frames a second: 20 MFCCs and the 40 mel levels in dB that they come from
 * (over 80 dB at most); level, zero crossings, spectral centroid, bandwidth, roll-off, flatness (all
 * but the level as logarithms), flux and contrast; the pitch by YIN; and which frames are speech.
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 * @throws {AudioOptionError} If the sample rate is less than 8000 Hz.
 */
export function voiceContours(
  dsp: Dsp,
  samples: Float32Array,
  { sampleRate }: VoiceOptions,
): VoiceContours {
  checkSampleRate(sampleRate);
  if (sampleRate < 8000) {
    throw new AudioOptionError("sampleRate", sampleRate, "at least 8000: below, speech is cut off");
  }
  const hopLength = Math.round(sampleRate / FRAME_RATE);
  const winLength = Math.round(sampleRate * WINDOW);
  const nFft = 2 ** Math.ceil(Math.log2(winLength));
  const framing = { frameLength: winLength, hopLength };
  const stft = { nFft, winLength, hopLength };

  const mel = melSpectrogram(dsp, samples, { sampleRate, nMels: N_MELS, ...stft });
  const { nFrames } = mel;
  const levels = powerToDb(dsp, mel.data);
  const coefficients = dct(dsp, levels, { nFrames });
  const spectra = spectrogram(dsp, samples, stft);
  const logarithms = (values: Float32Array, least: number) =>
    values.map((value) => Math.log(value + least));
  const contrast = spectralContrast(dsp, spectra, {
    sampleRate,
    nBands: CONTRAST_BANDS,
    quantile: 0.1,
  }).data;
  const { level, loud, active } = activeFrames(dsp, samples, framing);
  const rows = (data: Float32Array, n: number) =>
    Array.from({ length: n }, (_, k) => data.subarray(k * nFrames, (k + 1) * nFrames));
  const contours = new Map<string, Float32Array>();
  const add = (names: readonly string[], values: readonly Float32Array[]) =>
    names.forEach((name, k) => contours.set(name, values[k]));
  add(MFCC_NAMES, rows(coefficients, N_MFCC));
  add(MEL_NAMES, rows(levels, N_MELS));
  add(SOUND_NAMES, [
    level,
    logarithms(zeroCrossingRate(dsp, samples, framing).data, 1e-3),
    logarithms(spectralCentroid(dsp, spectra, { sampleRate }).data, 50),
    logarithms(spectralBandwidth(dsp, spectra, { sampleRate }).data, 50),
    logarithms(spectralRolloff(dsp, spectra, { sampleRate }).data, 50),
    logarithms(spectralFlatness(dsp, spectra).data, 1e-10),
    flux(levels, nFrames),
    ...rows(contrast, CONTRAST_BANDS + 1),
  ]);

  const { data: pitch, aperiodicity } = yin(dsp, samples, {
    sampleRate,
    ...PITCH,
    frameLength: Math.round(sampleRate * PITCH_FRAME),
    hopLength,
  });
  // Exact silence repeats itself, too.
  const voiced = loud.map((is, t) => is && level[t] > SILENT && aperiodicity[t] < APERIODIC);
  return { contours, pitch, aperiodicity, voiced, loud, active };
}

/** The mean change of all bands since the frame before, in dB: 0 at the first. */
function flux(levels: Float32Array, nFrames: number): Float32Array {
  const out = new Float32Array(nFrames);
  for (let at = 0; at < levels.length; at++) {
    const t = at % nFrames;
    if (t > 0) out[t] += Math.abs(levels[at] - levels[at - 1]) / N_MELS;
  }
  return out;
}

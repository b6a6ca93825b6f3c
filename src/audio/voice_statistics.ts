import { delta } from "./delta.ts";
import type { Dsp } from "./dsp.ts";
import { type Functionals, MOMENTS, PARTS, SHAPE } from "./functionals.ts";
import { PITCH_STATISTICS, pitchStatistics } from "./pitch_statistics.ts";
import { TIMING_STATISTICS, timingStatistics } from "./timing_statistics.ts";
import {
  MEL_NAMES,
  MFCC_NAMES,
  SOUND_NAMES,
  type VoiceContours,
  voiceContours,
  type VoiceOptions,
} from "./voice_contours.ts";

/** Contours that are summed up in the same way. */
interface Block {
  readonly contours: readonly string[];
  /** Whether the contours themselves are meant or their first or second derivative. */
  readonly derivative: 0 | 1 | 2;
  /** Whether all frames from the first sound to the last count, or the voiced among them. */
  readonly over: "active" | "voiced";
  readonly functionals: Functionals;
}

const BLOCKS: readonly Block[] = [
  { contours: MFCC_NAMES, derivative: 0, over: "active", functionals: SHAPE },
  { contours: MFCC_NAMES, derivative: 1, over: "active", functionals: MOMENTS },
  { contours: MFCC_NAMES, derivative: 2, over: "active", functionals: MOMENTS },
  { contours: MEL_NAMES, derivative: 0, over: "active", functionals: SHAPE },
  { contours: MEL_NAMES, derivative: 1, over: "active", functionals: MOMENTS },
  { contours: SOUND_NAMES, derivative: 0, over: "active", functionals: SHAPE },
  { contours: SOUND_NAMES, derivative: 1, over: "active", functionals: SHAPE },
  {
    contours: [...MFCC_NAMES, ...MEL_NAMES, ...SOUND_NAMES],
    derivative: 0,
    over: "voiced",
    functionals: MOMENTS,
  },
  {
    contours: [...MFCC_NAMES.slice(0, 13), ...SOUND_NAMES.slice(0, 7)],
    derivative: 0,
    over: "active",
    functionals: PARTS,
  },
];

/**
 * What the numbers of {@linkcode voiceStatistics} are, in their order: a contour, the number of its
 * derivative if it is one, the frames that count if they are the voiced ones, and a functional, such as
 * `mfcc2.delta1.mean`, `level.quantile0.95` or `mel7.voiced.deviation`; the pitch and the timing.
 *
 * @example
 * ```ts
 * import { VOICE_STATISTICS } from "./voice_statistics.ts";
 * import assert from "node:assert/strict";
 *
 * assert.ok(VOICE_STATISTICS.includes("pitch.range"));
 * assert.equal(new Set(VOICE_STATISTICS).size, VOICE_STATISTICS.length);
 * ```
 */
export const VOICE_STATISTICS: readonly string[] = [
  ...BLOCKS.flatMap(({ contours, derivative, over, functionals }) =>
    contours.flatMap((contour) =>
      functionals.names.map((name) =>
        contour + (derivative > 0 ? `.delta${derivative}` : "") +
        (over === "voiced" ? ".voiced" : "") + `.${name}`
      )
    )
  ),
  ...PITCH_STATISTICS,
  ...TIMING_STATISTICS,
];

/**
 * Statistics of a voice: what the recording of one utterance sounds like, as numbers of which
 * {@linkcode VOICE_STATISTICS} has the names. They are functionals (mean, deviation, quantiles, slope,
 * means of eight parts) of contours (MFCC, mel levels, level, zero crossings, centroid, bandwidth,
 * roll-off, flatness, flux, contrast; their derivatives over nine frames), of the pitch and of the
 * timing, in the manner of openSMILE's sets (F. Eyben and others, "The Geneva minimalistic acoustic parameter
 * set", IEEE Transactions on Affective Computing 7(2), 2016; B. Schuller and others, "The INTERSPEECH 2013
 * computational paralinguistics challenge").
 *
 * Only the time from the first sound to the last counts, sounds being within 30 dB of the loudest frame: silence
 * before and after changes nothing. Everything is finite, also for silence, a click, or a
 * recording shorter than a frame. Statistics of different sample rates should not be mixed.
 *
 * @param samples Mono samples of one utterance, usually within -1 and 1, at their own length.
 * @returns The numbers, [VOICE_STATISTICS.length].
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { VOICE_STATISTICS, voiceStatistics } from "./voice_statistics.ts";
 * import assert from "node:assert/strict";
 *
 * const sampleRate = 8000;
 * const tone = Float32Array.from(
 *   { length: sampleRate },
 *   (_, t) => 0.5 * Math.sin(2 * Math.PI * 200 * t / sampleRate),
 * );
 * const statistics = voiceStatistics(await loadDsp(), tone, { sampleRate });
 * const pitch = statistics[VOICE_STATISTICS.indexOf("pitch.mean")];
 * assert.ok(Math.abs(pitch - 12) < 0.2); // An octave above 100 Hz.
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 * @throws {AudioOptionError} If the sample rate is less than 8000 Hz.
 */
export function voiceStatistics(
  dsp: Dsp,
  samples: Float32Array,
  options: VoiceOptions,
): Float32Array<ArrayBuffer> {
  const voice = voiceContours(dsp, samples, options);
  const statistics = BLOCKS.flatMap((block) => sumUp(dsp, voice, block));
  return Float32Array.of(...statistics, ...pitchStatistics(voice), ...timingStatistics(voice));
}

function sumUp(
  dsp: Dsp,
  { contours, voiced, active: [from, to] }: VoiceContours,
  { contours: names, derivative, over, functionals }: Block,
): number[] {
  const length = to - from;
  const data = new Float32Array(names.length * length);
  names.forEach((name, k) => data.set(contours.get(name)!.subarray(from, to), k * length));
  const values = derivative === 0
    ? data
    : delta(dsp, { data, nFrames: length }, { order: derivative, mode: "nearest" }).data;
  // A voice without any voiced frame, such as a whisper, is summed up over all its frames.
  const spoken = voiced.slice(from, to);
  const frames = over === "voiced" && spoken.includes(true)
    ? spoken.flatMap((is, t) => is ? [t] : [])
    : Array.from({ length }, (_, t) => t);
  return names.flatMap((_, k) => {
    // Loops, here and in the functionals: these run hundreds of times a clip, and iterators take as long again.
    const contour = new Float64Array(frames.length);
    for (let i = 0; i < contour.length; i++) contour[i] = values[k * length + frames[i]];
    return functionals.of(contour);
  });
}

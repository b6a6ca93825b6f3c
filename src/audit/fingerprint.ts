import type { Dsp } from "../audio/dsp.ts";
import { melSpectrogram } from "../audio/mel_spectrogram.ts";

/** Samples a second of the sound that is fingerprinted. */
export const FINGERPRINT_RATE = 5512;

/** Frames a second of a fingerprint: one every 11.6 ms. */
export const FRAMES_PER_SECOND = FINGERPRINT_RATE / 64;

/** Bands, so that the differences of neighbours make 32 bits. */
const BANDS = 33;

/** Frames weaker than the loudest by more than this (30 dB) hold a room and a codec, not a voice. */
const ACTIVE_SHARE = 1e-3;

/** What a sound is known by. */
export interface Fingerprint {
  /** A word of 32 bits for each frame but the first, in the order of time. */
  readonly words: Uint32Array;
  /** 1 where the frame is loud enough to count, else 0. */
  readonly active: Uint8Array;
}

/**
 * The acoustic fingerprint of J. Haitsma and T. Kalker, "A highly robust audio fingerprinting system",
 * ISMIR 2002: for frames of 0.37 s, 11.6 ms apart, and 33 bands from 300 to 2000 Hz (here equally spaced on
 * the mel scale), bit m of frame n is whether
 * (E(n, m) - E(n, m + 1)) - (E(n - 1, m) - E(n - 1, m + 1)) > 0, with the energy E of a band. Volume
 * changes no bit; coding, filters and another sample rate change few; a sound that is cut keeps the words
 * of what is left.
 *
 * @param samples [samples] at `FINGERPRINT_RATE`, mono.
 *
 * @throws {AudioInputError} If there are no samples, or one is not a usable number.
 *
 * @example
 * ```ts
 * import { loadDsp } from "../audio/load_dsp.ts";
 * import { fingerprint } from "./fingerprint.ts";
 * import assert from "node:assert/strict";
 *
 * const chirp = Float32Array.from({ length: 5512 }, (_, t) => Math.sin(0.4 * t + 5e-5 * t * t));
 * const dsp = await loadDsp();
 * const { words, active } = fingerprint(dsp, chirp);
 * assert.deepEqual([words.length, active.length], [86, 86]);
 * assert.deepEqual(fingerprint(dsp, chirp.map((x) => x / 4)).words, words);
 * ```
 */
export function fingerprint(dsp: Dsp, samples: Float32Array): Fingerprint {
  const { data, nFrames } = melSpectrogram(dsp, samples, {
    sampleRate: FINGERPRINT_RATE,
    nFft: 2048,
    hopLength: 64,
    nMels: BANDS,
    fMin: 300,
    fMax: 2000,
    scale: "htk",
    norm: "none",
  });
  const energies = new Float64Array(nFrames);
  const words = new Uint32Array(nFrames - 1);
  for (let band = 0; band < BANDS; band++) {
    const row = band * nFrames;
    for (let n = 0; n < nFrames; n++) energies[n] += data[row + n];
    if (band === BANDS - 1) break;
    const above = row + nFrames;
    for (let n = 1; n < nFrames; n++) {
      const rise = data[row + n] - data[above + n] - (data[row + n - 1] - data[above + n - 1]);
      if (rise > 0) words[n - 1] |= 1 << band;
    }
  }
  const loudest = energies.reduce((most, energy) => Math.max(most, energy), 0);
  const active = Uint8Array.from(
    energies.subarray(1),
    (energy) => Number(loudest > 0 && energy >= ACTIVE_SHARE * loudest),
  );
  return { words, active };
}

import { AudioInputError } from "../audio/errors.ts";
import { usableSound } from "../audio/usable_sound.ts";
import { joinFloats } from "../numeric/join_floats.ts";
import { InputError } from "./input_error.ts";
import type { Listener } from "./listener.ts";
import type { TimeWindow } from "./windows.ts";

/** Samples that are resampled at once. */
const PART = 2 ** 18;

/** The sound of a clip, as a listener hears it. */
export interface HeardSound {
  /** Length in seconds. */
  readonly seconds: number;
  /** What should be known of it although it can be used. */
  readonly warnings: readonly string[];
  /** The samples of a window, at the listener's rate. */
  cut(window: TimeWindow): Float32Array;
}

/**
 * Brings the whole sound of a clip, mono samples at `sampleRate`, to full scale and to the listener's rate.
 *
 * @throws {InputError} If a sample is not a finite number.
 */
export function hearSound(
  listener: Listener,
  samples: Float32Array,
  sampleRate: number,
): HeardSound {
  const { samples: usable, warnings } = refusing(() => usableSound(samples));
  const rate = listener.sampleRate;
  const heard = sampleRate === rate ? usable : resampled(listener, usable, sampleRate);
  return {
    // As long as what is heard of it: the same whether it was resampled here or while it was decoded.
    seconds: heard.length / rate,
    warnings,
    cut: ({ start, end }) => heard.subarray(Math.round(start * rate), Math.round(end * rate)),
  };
}

function resampled(listener: Listener, samples: Float32Array, sampleRate: number): Float32Array {
  const resampler = listener.resampler(sampleRate);
  const parts: Float32Array[] = [];
  for (let at = 0; at < samples.length; at += PART) {
    parts.push(resampler.push(samples.subarray(at, at + PART)));
  }
  parts.push(resampler.flush());
  return joinFloats(parts);
}

/** Turns what the audio functions refuse into what a recogniser refuses. */
export function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AudioInputError)) throw error;
    throw new InputError(error.message, { cause: error });
  }
}

import type { MfccOptions } from "../src/audio/mfcc_options.ts";
import { SAMPLE_RATE } from "./signals.ts";

/** What a peer cannot be compared or timed for; the message names the peer. */
export class BenchError extends Error {
  /** The error's class, for logs. */
  override readonly name = "BenchError";
}

/** Another library that computes MFCCs of the bench's signals, and how to judge what it gives. */
export interface Contender {
  /** Its name and version. */
  readonly name: string;
  /** The settings with which Emofuse does the same work, as far as the definitions agree. */
  readonly options: MfccOptions;
  /** How its definition differs from that of `options`, if it does. */
  readonly differs: string;
  /** The largest difference allowed between what it gives and what is `expected` of it. */
  readonly tolerance: number;
  /** Its MFCCs of signal `index`: [coefficients, frames], row by row. */
  compute(index: number): Promise<Float32Array> | Float32Array;
  /** What it should give by its own definition; without this, Emofuse's own MFCCs. */
  expected?(index: number): Float32Array;
  /** Milliseconds that `calls` computations take, over all signals in turn. */
  time(calls: number): Promise<number> | number;
  /** Ends what it started. */
  close?(): Promise<void>;
}

const WINDOW = { sampleRate: SAMPLE_RATE, nFft: 2048, winLength: 2048, hopLength: 512 } as const;

/** 40 coefficients by librosa's definition, with all its defaults. */
export const LIBROSA: MfccOptions = { ...WINDOW, nMels: 128, nMfcc: 40 };
/** The same frames, filters and coefficients by the textbook's definition. */
export const TEXTBOOK: MfccOptions = { ...WINDOW, preset: "textbook", nMels: 128, nMfcc: 40 };

/** Milliseconds that `calls` calls of `work` take, with the numbers of the signals in turn. */
export function timeCalls(calls: number, signals: number, work: (index: number) => void): number {
  const start = performance.now();
  for (let call = 0; call < calls; call++) work(call % signals);
  return performance.now() - start;
}

import { loadDsp } from "../src/audio/load_dsp.ts";
import { mfcc } from "../src/audio/mfcc.ts";
import { BenchError, type Contender, timeCalls } from "./contender.ts";
import { essentia } from "./essentia.ts";
import { meyda } from "./meyda.ts";
import { pythonPeers } from "./python_peers.ts";
import { benchSignals } from "./signals.ts";
import { packageVersion } from "./package_version.ts";
import { median } from "./median.ts";

/** How {@linkcode benchDsp} measures. */
export interface DspBenchOptions {
  /** A Python that has librosa and python_speech_features. Default: without those two. */
  readonly python?: string;
  /** How many times each contender is measured, in turn with the others. Default: 15. */
  readonly rounds?: number;
  /** Milliseconds that one measurement should take at least. Default: 60. */
  readonly leastMs?: number;
}

/** One contender, beside Emofuse. */
export interface DspBenchRow {
  /** Name and version. */
  readonly name: string;
  /** Median time of one clip, in milliseconds. */
  readonly ms: number;
  /** Median time of Emofuse for the same work, in milliseconds. */
  readonly emofuseMs: number;
  /** How many times faster Emofuse is: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** The largest difference of any value, over all signals. */
  readonly difference: number;
  /** The largest difference that passes. */
  readonly tolerance: number;
  /** How its definition differs, if it does. */
  readonly differs: string;
}

/**
 * Times MFCCs, 40 coefficients of 4-s clips at 8 kHz (2048-point frames, a hop of 512, 128 filters), by
 * Emofuse and by others on one thread. First the results are compared. Then, in each round, every
 * contender is measured right after Emofuse doing the same work, so that what else the machine does
 * weighs on both.
 *
 * @throws {BenchError} If results differ by more than the definitions do, or the Python lacks a library.
 */
export async function benchDsp(options: DspBenchOptions = {}): Promise<DspBenchRow[]> {
  const { python, rounds = 15, leastMs = 60 } = options;
  const dsp = await loadDsp();
  const signals = benchSignals();
  const contenders: Contender[] = [
    ...(python === undefined ? [] : await pythonPeers(python, signals)),
    meyda(dsp, signals, packageVersion("meyda")),
    essentia(dsp, signals, packageVersion("essentia.js")),
  ];
  try {
    const emofuse = (contender: Contender, index: number) =>
      mfcc(dsp, signals[index], contender.options).data;
    const differences: number[] = [];
    for (const contender of contenders) {
      differences.push(await compare(contender, signals.length, emofuse));
    }

    const measured = contenders.map(() => [] as { ms: number; emofuseMs: number }[]);
    const pairs = contenders.map((contender) => ({
      theirs: (calls: number) => contender.time(calls),
      ours: (calls: number) =>
        timeCalls(calls, signals.length, (index) => emofuse(contender, index)),
    }));
    const calls: { theirs: number; ours: number }[] = [];
    for (const { theirs, ours } of pairs) {
      calls.push({
        theirs: await enoughCalls(theirs, leastMs),
        ours: await enoughCalls(ours, leastMs),
      });
    }
    for (let round = 0; round < rounds; round++) {
      for (const [i, { theirs, ours }] of pairs.entries()) {
        const emofuseMs = ours(calls[i].ours) / calls[i].ours;
        measured[i].push({ emofuseMs, ms: await theirs(calls[i].theirs) / calls[i].theirs });
      }
    }
    return contenders.map(({ name, tolerance, differs }, i) => ({
      name,
      ms: median(measured[i].map(({ ms }) => ms)),
      emofuseMs: median(measured[i].map(({ emofuseMs }) => emofuseMs)),
      ratio: median(measured[i].map(({ ms, emofuseMs }) => ms / emofuseMs)),
      difference: differences[i],
      tolerance,
      differs,
    }));
  } finally {
    for (const contender of contenders) await contender.close?.();
  }
}

/** The largest difference between what a contender gives and what it should give. */
async function compare(
  contender: Contender,
  signals: number,
  emofuse: (contender: Contender, index: number) => Float32Array,
): Promise<number> {
  let largest = 0;
  for (let index = 0; index < signals; index++) {
    const actual = await contender.compute(index);
    const expected = contender.expected?.(index) ?? emofuse(contender, index);
    if (actual.length !== expected.length) {
      throw new BenchError(
        `${contender.name} gives ${actual.length} values where ${expected.length} are expected`,
      );
    }
    for (let i = 0; i < actual.length; i++) {
      const difference = Math.abs(actual[i] - expected[i]);
      if (!(difference <= contender.tolerance)) {
        throw new BenchError(
          `${contender.name} differs by ${difference} in signal ${index}: at most ` +
            `${contender.tolerance} is what the definitions allow`,
        );
      }
      largest = Math.max(largest, difference);
    }
  }
  return largest;
}

/** How many calls take `leastMs`, found by doubling, which also lets the engine compile them well. */
async function enoughCalls(
  time: (calls: number) => Promise<number> | number,
  leastMs: number,
): Promise<number> {
  let calls = 1;
  while (await time(calls) < leastMs) calls *= 2;
  return calls;
}

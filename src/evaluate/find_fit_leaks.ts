import type { FitKind, FitRecord } from "./fit_ledger.ts";
import type { ProtocolSample, Split } from "../split/protocol.ts";

/** A fitted thing that saw what its fold tests. */
export interface FitLeak {
  /** What was fitted. */
  readonly name: string;
  /** Which of the things that a fold fits it is. */
  readonly kind: FitKind;
  /** The fold in which it was fitted. */
  readonly fold: string;
  /** How it saw them: the samples themselves, other files of their take, or their speaker. */
  readonly by: "sample" | "take" | "speaker";
  /** Numbers of the test samples it saw in this way, ascending. */
  readonly tested: Int32Array;
  /**
   * Whether it saw more than the fold's training samples. Otherwise the split itself is the leak.
   */
  readonly beyondTraining: boolean;
}

/** What fitted things saw of test samples. */
export interface FitLeaks {
  /** What must not be. Of one fitted thing the closest way is named: sample, take, speaker. */
  readonly leaks: readonly FitLeak[];
  /** Statistics of test speakers' or corpora's own unlabelled samples: allowed, but to be said. */
  readonly transductive: readonly FitLeak[];
}

/**
 * Compares everything that was fitted with the test samples of its fold: by sample, by take and, where
 * speakers must be apart, by speaker.
 *
 * @param records The entries of a {@linkcode FitLedger}.
 * @param splits The splits of the run.
 * @param samples The samples that the splits number.
 * @param by What the protocol keeps apart: takes, or speakers too.
 *
 * @throws {RangeError} If a record names a fold that there is not, or a sample that there is not.
 *
 * @example
 * ```ts
 * import { findFitLeaks } from "./find_fit_leaks.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = ["1", "2", "3"].map((speaker) => ({ speaker, take: `take ${speaker}` }));
 * const splits = [{ name: "fold-1", train: Int32Array.of(0, 1), test: Int32Array.of(2) }];
 * const scaler = { name: "voice scaler", fold: "fold-1", kind: "scaler", usesLabels: false } as const;
 * const { leaks } = findFitLeaks(
 *   [{ ...scaler, fittedOn: Int32Array.of(0, 1) }, { ...scaler, fittedOn: Int32Array.of(0, 1, 2) }],
 *   splits,
 *   samples,
 *   "speaker",
 * );
 * assert.deepEqual(leaks.map(({ by, tested }) => [by, [...tested]]), [["sample", [2]]]);
 * ```
 */
export function findFitLeaks(
  records: readonly FitRecord[],
  splits: readonly Split[],
  samples: readonly Pick<ProtocolSample, "speaker" | "take">[],
  by: "speaker" | "take",
): FitLeaks {
  const folds = new Map(splits.map((split) => [split.name, split]));
  const leaks: FitLeak[] = [];
  const transductive: FitLeak[] = [];
  for (const record of records) {
    const split = folds.get(record.fold);
    if (!split) throw new RangeError(`${record.name} was fitted in "${record.fold}", no fold`);
    const stray = record.fittedOn.find((k) => samples[k] === undefined);
    if (stray !== undefined) {
      throw new RangeError(`${record.name} was fitted on sample ${stray} of ${samples.length}`);
    }
    const leak = compare(record, split, samples, by);
    if (!leak) continue;
    const allowed = isStatistics(record) && !record.usesLabels;
    (allowed ? transductive : leaks).push(leak);
  }
  return { leaks, transductive };
}

const isStatistics = ({ kind }: FitRecord) =>
  kind === "speaker-statistics" || kind === "corpus-statistics";

function compare(
  { name, kind, fold, fittedOn }: FitRecord,
  { train, test }: Split,
  samples: readonly Pick<ProtocolSample, "speaker" | "take">[],
  by: "speaker" | "take",
): FitLeak | undefined {
  const trained = new Set(train);
  const beyondTraining = fittedOn.some((k) => !trained.has(k));
  const seen = new Set(fittedOn);
  const takes = new Set(Array.from(fittedOn, (k) => samples[k].take));
  const speakers = new Set(Array.from(fittedOn, (k) => samples[k].speaker));
  const ways = [
    ["sample", (k: number) => seen.has(k)],
    ["take", (k: number) => takes.has(samples[k].take)],
    ["speaker", (k: number) => by === "speaker" && speakers.has(samples[k].speaker)],
  ] as const;
  for (const [way, saw] of ways) {
    const tested = test.filter((k) => saw(k));
    if (tested.length > 0) return { name, kind, fold, by: way, tested, beyondTraining };
  }
  return undefined;
}

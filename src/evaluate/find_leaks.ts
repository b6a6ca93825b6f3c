import { type CorpusWords, GENERAL_WORDS } from "../corpus/words.ts";
import type { RunModality } from "../modality.ts";
import { findFitLeaks, type FitLeak } from "./find_fit_leaks.ts";
import type { FitRecord } from "./fit_ledger.ts";
import type { LeakId } from "../split/leak_id.ts";
import type { Protocol, Split } from "../split/protocol.ts";

/** What a leak needs to know of a row of the results. */
export interface LeakRow {
  /** `audio`, `video` or `fused`. */
  readonly modality: string;
  /** How the modalities were combined: `none`, `early`, `late-concat`, `decision-mean` ... */
  readonly fusion: string;
  /**
   * How features were normalised: `none`, `train`, `own`.
   *
   * @default {"none"}
   */
  readonly normalisation?: string;
  /**
   * The model that gives the class.
   *
   * @default {"mlp"}
   */
  readonly model?: string;
}

/** A way in which models saw what they are tested on, or results say less than they seem to. */
export interface FoundLeak {
  /** Identifier that rows refer to. */
  readonly id: LeakId;
  /** One sentence for the reader of the results, with the count that was found. */
  readonly text: string;
  /** Whether it touches a row of the results. */
  readonly affects: (row: LeakRow) => boolean;
}

/** What is known of the samples when leaks are looked for. */
export interface LeakSample {
  /** Which take it shows. */
  readonly take: string;
  /** Who speaks. */
  readonly speaker: string;
  /** The class. */
  readonly label: string;
  /** Whether its sound is silence. */
  readonly silent: boolean;
}

/** What leaks depend on in a protocol. */
export type LeakProtocol =
  & Pick<Protocol, "headOnAllClips" | "featureNetworksOnAllClips">
  & Partial<Pick<Protocol, "innerGroup">>;

/**
 * Looks for leaks in what was really done: in the splits themselves, whatever protocol made them, and
 * in what was fitted, or, where nothing is known of that, in what the protocol lets learn from all
 * samples.
 *
 * @param protocol What it lets learn from test samples.
 * @param splits The splits of the run.
 * @param samples The samples that the splits number.
 * @param modality Which modalities the run uses.
 * @param fits Everything that was fitted: the records of a {@linkcode FitLedger}.
 * @param words What the sentences call speakers, takes and labels.
 *
 * @throws {RangeError} If `fits` names a fold or a sample that there is not.
 *
 * @example
 * ```ts
 * import { findLeaks } from "./find_leaks.ts";
 * import assert from "node:assert/strict";
 *
 * const honest = { headOnAllClips: false, featureNetworksOnAllClips: false };
 * const splits = [{ name: "hold-out", train: Int32Array.of(0), test: Int32Array.of(1) }];
 * const sample = { take: "a", speaker: "1", label: "calm" };
 * const twins = [{ ...sample, silent: false }, { ...sample, silent: true }];
 * assert.deepEqual(
 *   findLeaks(honest, splits, twins, "av").map(({ id }) => id),
 *   ["twins", "silence"],
 * );
 * ```
 */
export function findLeaks(
  protocol: LeakProtocol,
  splits: readonly Split[],
  samples: readonly LeakSample[],
  modality: RunModality,
  fits?: readonly FitRecord[],
  words: CorpusWords = GENERAL_WORDS,
): FoundLeak[] {
  const tested = splits.reduce((sum, { test }) => sum + test.length, 0);
  const leaks: FoundLeak[] = [];
  const seen = countTwins(splits, samples, () => true);
  const heard = countTwins(splits, samples, ({ silent }) => !silent);
  if (modality === "audio" ? heard > 0 : seen > 0) {
    leaks.push({
      id: "twins",
      text: `${modality === "audio" ? heard : seen} of ${tested} test samples show a ` +
        `${words.take.one} that was also learned from${twinHint(words)}`,
      affects: ({ modality }) => modality !== "audio" || heard > 0,
    });
  }
  leaks.push(...speakerLeaks(splits, samples, tested, words));
  leaks.push(
    ...fits === undefined
      ? promisedLeaks(protocol, tested, modality)
      : fitLeaks(protocol, splits, samples, { fits, tested, words }),
  );
  const silent = samples.filter((sample) => sample.silent).length;
  if (silent > 0 && modality !== "video") {
    leaks.push({
      id: "silence",
      text: `${silent} of ${samples.length} samples have silence instead of a voice`,
      affects: ({ modality }) => modality !== "video",
    });
  }
  return leaks;
}

/** How the names of files show that they are of one take, where they do. */
function twinHint({ prefixes }: CorpusWords): string {
  return prefixes ? ` (${prefixes.both} and ${prefixes.silent} files are the same take)` : "";
}

/** The leaks that a protocol allows, taken to be made use of in every fold. */
function promisedLeaks(
  { headOnAllClips, featureNetworksOnAllClips }: LeakProtocol,
  tested: number,
  modality: RunModality,
): FoundLeak[] {
  return [
    ...headOnAllClips && modality !== "audio" ? [headLeak(tested, tested)] : [],
    ...featureNetworksOnAllClips && modality === "av" ? [featureNetworkLeak(tested, tested)] : [],
  ];
}

function headLeak(seen: number, tested: number): FoundLeak {
  return {
    id: "face-head",
    text: `the face head learned from the frames of ${share(seen, tested)} test samples`,
    affects: ({ modality }) => modality !== "audio",
  };
}

function featureNetworkLeak(seen: number, tested: number): FoundLeak {
  return {
    id: "feature-networks",
    text: `the networks whose features are fused learned from ${share(seen, tested)} test samples`,
    // Hybrid fusion of decisions has no such networks.
    affects: ({ fusion, model = "mlp" }) =>
      fusion.startsWith("late-") || (fusion === "hybrid" && model === "mlp"),
  };
}

function share(seen: number, tested: number): string {
  return seen === tested ? `all ${tested}` : `${seen} of ${tested}`;
}

/** The leaks of what was really fitted. What merely follows from a leaking split is not said again. */
function fitLeaks(
  { innerGroup = "take" }: LeakProtocol,
  splits: readonly Split[],
  samples: readonly LeakSample[],
  { fits, tested, words }: {
    readonly fits: readonly FitRecord[];
    readonly tested: number;
    readonly words: CorpusWords;
  },
): FoundLeak[] {
  const found = findFitLeaks(fits, splits, samples, innerGroup);
  const beyond = found.leaks.filter(({ beyondTraining }) => beyondTraining);
  const of = (kind: FitLeak["kind"]) => beyond.filter((leak) => leak.kind === kind);
  const heads = of("head");
  const networks = of("feature-network");
  const others = beyond.filter(({ kind }) => kind !== "head" && kind !== "feature-network");
  const leaks: FoundLeak[] = [];
  if (heads.length > 0) leaks.push(headLeak(countTested(heads), tested));
  if (networks.length > 0) leaks.push(featureNetworkLeak(countTested(networks), tested));
  if (others.length > 0) {
    leaks.push({
      id: "fits",
      text: others.map(({ name, fold, by, tested }) =>
        `${name} of ${fold} was fitted on ${
          {
            sample: "",
            take: "other files of the takes of ",
            speaker: `the ${words.speaker.many} of `,
          }[
            by
          ]
        }${tested.length} of its test samples (${few(tested)})`
      ).join("; "),
      affects: () => true,
    });
  }
  if (found.transductive.length > 0) {
    const by = (["speaker", "corpus"] as const).filter((one) =>
      found.transductive.some(({ kind }) => kind === `${one}-statistics`)
    );
    leaks.push({
      id: "transductive",
      text: `features normalised by ${by.join(" or by ")} use the ${by.join("'s or the ")}'s own ` +
        `samples, without labels, of ${
          share(countTested(found.transductive), tested)
        } test samples`,
      affects: ({ normalisation }) => normalisation === "own" || normalisation === "corpus",
    });
  }
  return leaks;
}

/** How many test samples of all folds are touched by any of the leaks. */
function countTested(leaks: readonly FitLeak[]): number {
  return new Set(leaks.flatMap(({ fold, tested }) => Array.from(tested, (k) => `${fold} ${k}`)))
    .size;
}

/** Sample numbers named in a message; the others are counted. */
const NAMED = 5;

function few(numbers: Int32Array): string {
  const more = numbers.length - NAMED;
  return `${numbers.subarray(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What a corpus of several speakers lets a model learn of them instead of the label. */
function speakerLeaks(
  splits: readonly Split[],
  samples: readonly LeakSample[],
  tested: number,
  { speaker: { one, many }, label: word }: CorpusWords,
): FoundLeak[] {
  if (new Set(samples.map(({ speaker }) => speaker)).size < 2) return [];
  const leaks: FoundLeak[] = [];
  const known = splits.reduce((sum, { train, test }) => {
    const speakers = new Set(Array.from(train, (i) => samples[i].speaker));
    return sum + test.filter((i) => speakers.has(samples[i].speaker)).length;
  }, 0);
  if (known > 0) {
    leaks.push({
      id: "speakers",
      text: `${known} of ${tested} test samples are by ${many} that were also learned from`,
      affects: () => true,
    });
  }
  const speakersOf = new Map<string, Set<string>>();
  for (const { label, speaker } of samples) {
    speakersOf.set(label, (speakersOf.get(label) ?? new Set()).add(speaker));
  }
  const alone = [...speakersOf].filter(([, { size }]) => size === 1).map(([label]) => label);
  if (alone.length > 0) {
    leaks.push({
      id: "one-speaker",
      text: `only one ${one} plays ${
        alone.join(", ")
      }: to know the ${one} is to know the ${word.one}`,
      affects: () => true,
    });
  }
  return leaks;
}

/** Test samples that count and whose take a training sample that counts shows too. */
function countTwins(
  splits: readonly Split[],
  samples: readonly LeakSample[],
  counts: (sample: LeakSample) => boolean,
): number {
  const takes = (indices: Int32Array) =>
    Array.from(indices, (i) => samples[i]).filter(counts).map(({ take }) => take);
  return splits.reduce((sum, { train, test }) => {
    const learned = new Set(takes(train));
    return sum + takes(test).filter((take) => learned.has(take)).length;
  }, 0);
}

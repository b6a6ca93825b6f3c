import {
  type Cell,
  OTHERS,
  type Protocol,
  type ProtocolSample,
  type Split,
  type SplitOptions,
} from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { speakerIndependent } from "./speaker_independent.ts";

/**
 * Each corpus tested by models of the others. The table's rows are of models of all other corpora together, so that
 * every sample is tested once by a model that never met its corpus; the matrix has each corpus on each
 * besides, and each by itself over folds of its speakers.
 *
 * @example
 * ```ts
 * import { crossCorpus } from "./cross_corpus.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = ["a", "b"].flatMap((corpus) =>
 *   Array.from({ length: 8 }, (_, k) => {
 *     const speaker = `${corpus}/${Math.floor(k / 4)}`;
 *     return { label: k % 2, speaker, take: `${speaker}-${k}`, corpus };
 *   })
 * );
 * const names = crossCorpus.splits(samples, { seed: 1 }).map(({ name }) => name);
 * assert.deepEqual(names.slice(0, 2), ["b-on-a", "a-on-b"]);
 * assert.deepEqual(names.slice(2), ["a-fold-1", "a-fold-2", "b-fold-1", "b-fold-2"]);
 * ```
 */
export const crossCorpus: Protocol = {
  name: "cross-corpus",
  description:
    "Each corpus is tested by models of the others, and of its own other speakers beside.",
  innerGroup: "speaker",
  mergeTwins: true,
  headOnAllClips: false,
  featureNetworksOnAllClips: false,
  listsLeaks: false,
  acrossCorpora: true,
  discloses: ["transductive"],
  recipes: ["statistics"],
  unseen: () => " of a corpus it never learned from",
  limits: [],
  fewestSpeakers: 4,

  refuses: (plan) =>
    typeof plan === "number" || typeof plan === "string"
      ? undefined
      : "it divides by corpora; a number of folds, or published ones, divide each corpus by itself",

  splits(samples, options) {
    const why = options.folds === undefined ? undefined : crossCorpus.refuses(options.folds);
    if (why !== undefined) throw new ProtocolError(why, { option: "folds" });
    const corpora = [...new Set(samples.map(corpusOf))];
    if (corpora.length < 2) {
      throw new ProtocolError(
        `cross-corpus needs at least two corpora, there is only ${corpora[0] ?? "none"}: name more`,
        { option: "data" },
      );
    }
    checkClasses(samples, corpora);
    const numbersOf = (wanted: (corpus: string) => boolean) =>
      Int32Array.from(samples.keys()).filter((k) => wanted(corpusOf(samples[k])));
    const across = (cell: Cell): Split => ({
      name: `${cell.train}-on-${cell.test}`,
      train: numbersOf(
        cell.train === OTHERS
          ? (corpus) => corpus !== cell.test
          : (corpus) => corpus === cell.train,
      ),
      test: numbersOf((corpus) => corpus === cell.test),
      cell,
    });
    const pairs = corpora.flatMap((test) =>
      corpora.filter((train) => train !== test).map((train) => ({ train, test }))
    );
    // Of two corpora the others are the other.
    const pooled = corpora.length === 2 ? pairs : corpora.map((test) => ({ train: OTHERS, test }));
    const single = corpora.length === 2 ? [] : pairs;
    return [
      ...pooled.map(across),
      ...single.map((cell): Split => ({ ...across(cell), aside: true })),
      ...corpora.flatMap((corpus) =>
        within(corpus, numbersOf((other) => other === corpus), samples, options)
      ),
    ];
  },
};

const corpusOf = ({ corpus = "" }: ProtocolSample) => corpus;

/** @throws {ProtocolError} If a corpus lacks a class that another has. */
function checkClasses(samples: readonly ProtocolSample[], corpora: readonly string[]): void {
  const classes = new Map(samples.map(({ label, className }) => [label, className ?? `${label}`]));
  for (const corpus of corpora) {
    const own = new Set(
      samples.filter((sample) => corpusOf(sample) === corpus).map((s) => s.label),
    );
    for (const [label, name] of classes) {
      if (own.has(label)) continue;
      throw new ProtocolError(
        `${corpus} has no sample of class ${name}: leave the class out, or map the labels so that all ` +
          "corpora have it",
      );
    }
  }
}

/** The folds of one corpus by itself. */
function within(
  corpus: string,
  numbers: Int32Array,
  samples: readonly ProtocolSample[],
  options: SplitOptions,
): Split[] {
  const own = Array.from(numbers, (k) => samples[k]);
  const inRun = (part: Int32Array) => part.map((k) => numbers[k]);
  return speakerIndependent.splits(own, options).map(({ name, train, test }) => ({
    name: `${corpus}-${name}`,
    train: inRun(train),
    test: inRun(test),
    cell: { train: corpus, test: corpus },
    aside: true,
  }));
}

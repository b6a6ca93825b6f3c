import type { Corpus } from "./corpus.ts";
import { CorpusError } from "./corpus_error.ts";

/** The corpus of a folder, and why it is taken for it. */
export interface ChosenCorpus {
  /** The corpus. */
  readonly corpus: Corpus;
  /** One line for people. */
  readonly why: string;
}

/**
 * The corpus whose names most of a folder's files have; the first one where they have none's.
 *
 * @param corpora The corpora that are known.
 * @param root The folder, for messages.
 * @param files Its media files.
 *
 * @throws {CorpusError} If two corpora's names fit equally often; the message names both.
 *
 * @example
 * ```ts
 * import { chooseCorpus } from "./choose_corpus.ts";
 * import { CORPORA } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * const { corpus, why } = chooseCorpus(CORPORA, "/data", ["1001_DFA_ANG_XX.wav", "a.wav"]);
 * assert.equal(corpus.name, "crema-d");
 * assert.equal(why, "CREMA-D, as 1 of 2 media files is named like 1001_DFA_ANG_XX");
 * ```
 */
export function chooseCorpus(
  corpora: readonly Corpus[],
  root: string,
  files: readonly string[],
): ChosenCorpus {
  const fits = corpora.map((corpus) => ({
    corpus,
    n: files.filter((file) => corpus.isNamed(file)).length,
  }));
  const most = Math.max(...fits.map(({ n }) => n));
  const [best, other] = fits.filter(({ n }) => n === most);
  if (other && most > 0) {
    throw new CorpusError(
      root,
      `${most} of its files have names of ${best.corpus.title} and as many have names of ` +
        `${other.corpus.title}: say which it is`,
      { option: "corpus" },
    );
  }
  const { title, example } = best.corpus;
  return {
    corpus: best.corpus,
    why: `${title}, as ${most} of ${files.length} media files ${
      most === 1 ? "is" : "are"
    } named like ${example}`,
  };
}

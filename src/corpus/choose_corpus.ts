import type { Corpus } from "./corpus.ts";
import { CorpusError } from "./corpus_error.ts";

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
 * assert.equal(chooseCorpus(CORPORA, "/data", ["01-01-05-01-02-01-12.mp4"]).name, "ravdess");
 * ```
 */
export function chooseCorpus(
  corpora: readonly Corpus[],
  root: string,
  files: readonly string[],
): Corpus {
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
        `${other.corpus.title}: give a folder of one of them`,
    );
  }
  return best.corpus;
}

import type { Corpus, FoldPreset } from "./corpus.ts";
import { CorpusError } from "./corpus_error.ts";
import { type CorpusWords, GENERAL_WORDS } from "./words.ts";

/**
 * Several corpora as one, whose speakers and takes have the corpus's name before them. It has the labels and
 * filters of each, and those published folds of which each has some of the same name: the first fold of
 * all is tested together, then the second, and so on.
 *
 * @example
 * ```ts
 * import { joinCorpora } from "./join_corpora.ts";
 * import { CREMA_D } from "./crema_d/crema_d.ts";
 * import { RAVDESS } from "./ravdess/ravdess.ts";
 * import assert from "node:assert/strict";
 *
 * const { name, folds } = joinCorpora([RAVDESS, CREMA_D]);
 * assert.equal(name, "ravdess+crema-d");
 * assert.deepEqual(folds.map(({ name }) => name), ["hicmae"]);
 * assert.equal(folds[0].speakers[4].includes("crema-d/1091"), true);
 * ```
 */
export function joinCorpora(corpora: readonly Corpus[]): Corpus {
  const texts = (of: (corpus: Corpus) => string) => [...new Set(corpora.map(of))].join(" ");
  const title = corpora.map(({ title }) => title).join(" + ");
  const takeOf = (name: string) => {
    const corpus = corpora.find((corpus) => corpus.takeOf(name) !== undefined);
    return corpus && `${corpus.name}/${corpus.takeOf(name)}`;
  };
  return {
    name: corpora.map(({ name }) => name).join("+"),
    title,
    labels: [...new Set(corpora.flatMap(({ labels }) => labels))],
    words: sharedWords(corpora),
    example: corpora[0].example,
    filters: [...new Map(
      corpora.flatMap(({ filters }) => filters).map((option) => [option.key, option]),
    ).values()],
    folds: sharedFolds(corpora),
    counted: [...new Map(
      corpora.flatMap(({ counted }) => counted).map((counts) => [counts.key, counts]),
    ).values()],
    votes: Object.assign({}, ...corpora.map(({ votes }) => votes)),
    card: {
      name: corpora.map(({ card }) => card.name).join(" + "),
      licence: corpora.map(({ title, card }) => `${title}: ${card.licence}`).join("; "),
      weights: texts(({ card }) => card.weights),
      limits: (people, samples) =>
        `Trained on ${samples} clips by ${people} of ${title} together, who act: expect less on ` +
        "spontaneous speech, languages and recordings that none of them has, noise, other light and other " +
        "people than the protocol's numbers say.",
    },
    isNamed: (file) => corpora.some((corpus) => corpus.isNamed(file)),
    takeOf,
    readClips() {
      throw new CorpusError(title, "clips of several corpora are read corpus by corpus");
    },
  };
}

/** The words that all have alike. */
function sharedWords(corpora: readonly Corpus[]): CorpusWords {
  const shared = (kind: "speaker" | "take" | "label") => {
    const [first, ...others] = corpora.map(({ words }) => words[kind]);
    return others.every(({ many }) => many === first.many) ? first : GENERAL_WORDS[kind];
  };
  return { speaker: shared("speaker"), take: shared("take"), label: shared("label") };
}

function sharedFolds(corpora: readonly Corpus[]): FoldPreset[] {
  const [first] = corpora;
  return first.folds.flatMap(({ name }) => {
    const presets = corpora.flatMap((corpus) =>
      corpus.folds.filter((preset) => preset.name === name)
        .map((preset) => ({ corpus, preset }))
    );
    if (presets.length < corpora.length) return [];
    const count = Math.max(...presets.map(({ preset }) => preset.speakers.length));
    return [{
      name,
      speakers: Array.from(
        { length: count },
        (_, i) =>
          presets.flatMap(({ corpus, preset }) =>
            (preset.speakers[i] ?? []).map((speaker) => `${corpus.name}/${speaker}`)
          ),
      ),
      source: [...new Set(presets.map(({ preset }) => preset.source))].join("; "),
    }];
  });
}

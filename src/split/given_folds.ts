import { plainSpeaker } from "../corpus/speakers.ts";
import { type CorpusWords, GENERAL_WORDS, type Noun } from "../corpus/words.ts";
import type { GivenFold, GivenFolds } from "./fold_plan.ts";
import type { ProtocolSample } from "./protocol.ts";
import { ProtocolError } from "./protocol_error.ts";

/** Fold names become folder names of saved models. */
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** Samples that an error names; the others are counted. */
const NAMED = 5;

/** The takes or speakers that a fold of a user lists. */
interface FoldList {
  /** What it lists. */
  readonly by: "speaker" | "take";
  /** One of them in words. */
  readonly word: string;
  /** What it holds. */
  readonly items: readonly string[];
}

/**
 * Reads a user's own folds: `{"folds": [{"name": "a", "speakers": [1, 2]}, {"name": "b", "takes":
 * ["01-05-02-01-02-12"]}, ...]}`, each with one of the two lists. One fold alone is a fixed split: it is the
 * test set.
 *
 * @param text Content of the file.
 * @param file Its name, for messages and the results.
 * @param sha256 SHA-256 of the content, for the results.
 * @param words What corpora call speakers and takes: the lists may have these names too.
 *
 * @throws {ProtocolError} If it is anything else, or names a fold, a speaker or a take twice.
 *
 * @example
 * ```ts
 * import { parseGivenFolds } from "./given_folds.ts";
 * import assert from "node:assert/strict";
 *
 * const text = '{"folds": [{"name": "a", "speakers": [1]}, {"name": "b", "speakers": [2]}]}';
 * assert.equal(parseGivenFolds(text, "mine.json", "").folds.length, 2);
 * assert.throws(
 *   () => parseGivenFolds(text.replace("2", "1"), "mine.json", ""),
 *   /speaker 1 is in a and b/,
 * );
 * ```
 */
export function parseGivenFolds(
  text: string,
  file: string,
  sha256: string,
  words: readonly CorpusWords[] = [],
): GivenFolds {
  const fail = (reason: string): never => {
    throw new ProtocolError(`${file}: ${reason}`);
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return fail(`is not JSON: ${(error as Error).message}`);
  }
  const list = (content as { folds?: unknown } | null)?.folds;
  if (!Array.isArray(list) || list.length === 0) {
    return fail('needs {"folds": [...]} with at least one fold');
  }
  const folds = list.map((fold: unknown, at) => checkFold(fold, at, words, fail));
  const names = new Set(folds.map(({ name }) => name.toLowerCase()));
  if (names.size < folds.length) fail("two folds have the same name, capitals aside");
  const owners = new Map<string, string>();
  for (const fold of folds) {
    const { name } = fold;
    const { by, word, items } = listOf(fold, words)!;
    for (const item of items) {
      const other = owners.get(`${by} ${item}`);
      if (other !== undefined) {
        const where = other === name ? `twice in ${name}` : `in ${other} and ${name}`;
        fail(`${word} ${item} is ${where}`);
      }
      owners.set(`${by} ${item}`, name);
    }
  }
  return { file, sha256, folds };
}

function checkFold(
  fold: unknown,
  at: number,
  words: readonly CorpusWords[],
  fail: (reason: string) => never,
): GivenFold {
  const { name, ...lists } = (fold ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || !NAME.test(name)) {
    return fail(
      `fold ${at + 1} needs a "name" of letters, digits, ".", "_" and "-" that begins with a ` +
        "letter or digit",
    );
  }
  const known = listNames(words);
  const other = Object.keys(lists).find((key) => !known.has(key));
  if (other !== undefined) {
    return fail(`fold ${name} has "${other}"; allowed: name, ${[...known.keys()].join(", ")}`);
  }
  const [list, more] = Object.entries(lists);
  if (list === undefined || more !== undefined) {
    return fail(`fold ${name} needs either "speakers" or "takes"`);
  }
  const [key, items] = list;
  const isItem = known.get(key)!.by === "speaker" ? isSpeaker : isTake;
  if (!Array.isArray(items) || items.length === 0 || !items.every(isItem)) {
    return fail(
      `"${key}" of fold ${name} must list ` +
        (isItem === isSpeaker
          ? 'numbers or names, such as [1, 2] or ["JK"]'
          : 'names, such as ["01-05-02-01-02-12"]'),
    );
  }
  return { name, [key]: items };
}

function isTake(item: unknown): item is string {
  return typeof item === "string" && item !== "";
}

function isSpeaker(item: unknown): item is string | number {
  return isTake(item) || Number.isSafeInteger(item);
}

/** What lists of folds may be called, and what each lists. */
function listNames(words: readonly CorpusWords[]): Map<string, Pick<FoldList, "by" | "word">> {
  const names = new Map<string, Pick<FoldList, "by" | "word">>();
  for (const { speaker, take } of [GENERAL_WORDS, ...words]) {
    names.set(speaker.many, { by: "speaker", word: speaker.one });
    names.set(take.many, { by: "take", word: take.one });
  }
  return names;
}

/** The list of a fold; undefined where it has none in these words. */
function listOf(fold: GivenFold, words: readonly CorpusWords[]): FoldList | undefined {
  for (const [key, { by, word }] of listNames(words)) {
    const items = fold[key];
    if (items === undefined || typeof items === "string") continue;
    const names = items.map(String);
    return { by, word, items: by === "speaker" ? names.map(plainSpeaker) : names };
  }
}

/**
 * The test samples of each of a user's folds. Of several folds, those of which no sample is at hand are left
 * out, and every sample must be in one. Where there is but one fold, the samples outside it are for training.
 *
 * @param words What the corpus calls speakers and takes: lists may have these names, and messages do.
 * @returns Their names, and the numbers of their test samples, ascending.
 *
 * @throws {ProtocolError} If no fold has a sample, all samples are in one, one is in two, or, of several
 * folds, one is in none.
 *
 * @example
 * ```ts
 * import { givenFolds } from "./given_folds.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = ["1", "2", "3"].map((speaker) => ({ label: 0, speaker, take: `take ${speaker}` }));
 * const folds = [{ name: "a", speakers: [1, 9] }, { name: "b", takes: ["take 2", "take 3"] }];
 * assert.deepEqual(givenFolds({ file: "mine.json", sha256: "", folds }, samples), {
 *   names: ["a", "b"],
 *   tests: [Int32Array.of(0), Int32Array.of(1, 2)],
 * });
 * // A fixed split: the first speaker is tested, the others train.
 * const [test] = folds;
 * assert.deepEqual(givenFolds({ file: "mine.json", sha256: "", folds: [test] }, samples), {
 *   names: ["a"],
 *   tests: [Int32Array.of(0)],
 * });
 * ```
 */
export function givenFolds(
  { file, folds }: GivenFolds,
  samples: readonly ProtocolSample[],
  words: CorpusWords = GENERAL_WORDS,
): { names: string[]; tests: Int32Array[] } {
  const lists = folds.map((fold) => {
    const list = listOf(fold, [words]);
    if (!list) throw new ProtocolError(`${file}: fold ${fold.name} lists nothing of this corpus`);
    return { by: list.by, items: new Set(list.items) };
  });
  const tests: number[][] = folds.map(() => []);
  const missing: ProtocolSample[] = [];
  const double = new Map<string, string>();
  samples.forEach((sample, k) => {
    const speaker = plainSpeaker(sample.speaker);
    const found = [...folds.keys()].filter((f) =>
      lists[f].items.has(lists[f].by === "speaker" ? speaker : sample.take)
    );
    if (found.length === 0) missing.push(sample);
    if (found.length > 1) double.set(sample.take, found.map((f) => folds[f].name).join(" and "));
    for (const f of found) tests[f].push(k);
  });
  if (missing.length > 0 && folds.length > 1) {
    const by = lists.every(({ by }) => by === "speaker") ? "speaker" : "take";
    throw new ProtocolError(
      `${file}: ${few(missing.map((sample) => sample[by]), words[by])} in no fold; every sample ` +
        "must be in one (a file with one fold tests that and trains on the rest)",
    );
  }
  if (double.size > 0) {
    const [[, where]] = double;
    throw new ProtocolError(
      `${file}: ${few(double.keys(), words.take)} in two folds (${where}); ` +
        "every sample must be in one",
    );
  }
  const used = [...folds.keys()].filter((f) => tests[f].length > 0);
  if (used.length === 0) {
    throw new ProtocolError(
      `${file}: no fold has a sample of this corpus, nothing is left to test`,
    );
  }
  if (tests[used[0]].length === samples.length) {
    throw new ProtocolError(
      `${file}: all samples are in fold ${folds[used[0]].name}, nothing is left to train on`,
    );
  }
  return {
    names: used.map((f) => folds[f].name),
    tests: used.map((f) => Int32Array.from(tests[f])),
  };
}

/** Names the first few and counts the others: "speakers 1, 2 are". */
function few(names: Iterable<string>, noun: Noun): string {
  const distinct = [...new Set(names)];
  const more = distinct.length - NAMED;
  const one = distinct.length === 1;
  return `${one ? noun.one : noun.many} ${distinct.slice(0, NAMED).join(", ")}` +
    `${more > 0 ? ` and ${more} more` : ""} ${one ? "is" : "are"}`;
}

import type { GivenFold, GivenFolds } from "./fold_plan.ts";
import type { ProtocolSample } from "./protocol.ts";
import { ProtocolError } from "./protocol_error.ts";

/** Fold names become folder names of saved models. */
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** Samples that an error names; the others are counted. */
const NAMED = 5;

/**
 * Reads a user's own folds: `{"folds": [{"name": "a", "actors": [1, 2]}, {"name": "b", "performances":
 * ["01-05-02-01-02-12"]}, ...]}`, each with one of the two lists. One fold alone is a fixed split: it is the
 * test set.
 *
 * @param text Content of the file.
 * @param file Its name, for messages and the results.
 * @param sha256 SHA-256 of the content, for the results.
 *
 * @throws {ProtocolError} If it is anything else, or names a fold, an actor or a performance twice.
 *
 * @example
 * ```ts
 * import { parseGivenFolds } from "./given_folds.ts";
 * import assert from "node:assert/strict";
 *
 * const text = '{"folds": [{"name": "a", "actors": [1]}, {"name": "b", "actors": [2]}]}';
 * assert.equal(parseGivenFolds(text, "mine.json", "").folds.length, 2);
 * assert.throws(() => parseGivenFolds(text.replace("2", "1"), "mine.json", ""), /actor 1 is in a and b/);
 * ```
 */
export function parseGivenFolds(text: string, file: string, sha256: string): GivenFolds {
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
  const folds = list.map((fold: unknown, at) => checkFold(fold, at, fail));
  const names = new Set(folds.map(({ name }) => name.toLowerCase()));
  if (names.size < folds.length) fail("two folds have the same name, capitals aside");
  const owners = new Map<string, string>();
  for (const { name, actors, performances } of folds) {
    for (
      const what of [
        ...actors?.map((actor) => `actor ${actor}`) ?? [],
        ...performances?.map((performance) => `performance ${performance}`) ?? [],
      ]
    ) {
      const other = owners.get(what);
      if (other !== undefined) {
        fail(`${what} is ${other === name ? `twice in ${name}` : `in ${other} and ${name}`}`);
      }
      owners.set(what, name);
    }
  }
  return { file, sha256, folds };
}

function checkFold(fold: unknown, at: number, fail: (reason: string) => never): GivenFold {
  const { name, actors, performances, ...others } = (fold ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || !NAME.test(name)) {
    fail(
      `fold ${at + 1} needs a "name" of letters, digits, ".", "_" and "-" that begins with a ` +
        "letter or digit",
    );
  }
  const other = Object.keys(others)[0];
  if (other !== undefined) {
    fail(`fold ${name} has "${other}"; allowed: name, actors, performances`);
  }
  if ((actors === undefined) === (performances === undefined)) {
    fail(`fold ${name} needs either "actors" or "performances"`);
  }
  const listOf = (list: unknown, holds: (item: unknown) => boolean) =>
    Array.isArray(list) && list.length > 0 && list.every(holds);
  if (actors !== undefined) {
    if (!listOf(actors, (actor) => Number.isSafeInteger(actor))) {
      fail(`"actors" of fold ${name} must list numbers of actors, such as [1, 2]`);
    }
    return { name: name as string, actors: actors as number[] };
  }
  if (!listOf(performances, (id) => typeof id === "string" && id !== "")) {
    fail(`"performances" of fold ${name} must list names, such as ["01-05-02-01-02-12"]`);
  }
  return { name: name as string, performances: performances as string[] };
}

/**
 * The test samples of each of a user's folds. Of several folds, those of which no sample is at hand are left
 * out, and every sample must be in one. Where there is but one fold, the samples outside it are for training.
 *
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
 * const samples = [1, 2, 3].map((actor) => ({ label: 0, actor, performance: `take ${actor}` }));
 * const folds = [{ name: "a", actors: [1, 9] }, { name: "b", performances: ["take 2", "take 3"] }];
 * assert.deepEqual(givenFolds({ file: "mine.json", sha256: "", folds }, samples), {
 *   names: ["a", "b"],
 *   tests: [Int32Array.of(0), Int32Array.of(1, 2)],
 * });
 * // A fixed split: the first actor is tested, the others train.
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
): { names: string[]; tests: Int32Array[] } {
  const actors = folds.map((fold) => new Set(fold.actors));
  const performances = folds.map((fold) => new Set(fold.performances));
  const tests: number[][] = folds.map(() => []);
  const missing: ProtocolSample[] = [];
  const double = new Map<string, string>();
  samples.forEach((sample, k) => {
    const found = [...folds.keys()].filter((f) =>
      actors[f].has(sample.actor) || performances[f].has(sample.performance)
    );
    if (found.length === 0) missing.push(sample);
    if (found.length > 1) {
      double.set(sample.performance, found.map((f) => folds[f].name).join(" and "));
    }
    for (const f of found) tests[f].push(k);
  });
  if (missing.length > 0 && folds.length > 1) {
    const byActor = folds.every((fold) => fold.actors);
    const names = missing.map(({ actor, performance }) => byActor ? `${actor}` : performance);
    throw new ProtocolError(
      `${file}: ${
        few(new Set(names), byActor ? "actor" : "performance")
      } in no fold; every sample must be in one (a file with one fold tests that and trains on the rest)`,
    );
  }
  if (double.size > 0) {
    const [[, where]] = double;
    throw new ProtocolError(
      `${file}: ${few(new Set(double.keys()), "performance")} in two folds (${where}); ` +
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

/** Names the first few and counts the others: "actors 1, 2 are". */
function few(names: ReadonlySet<string>, noun: string): string {
  const more = names.size - NAMED;
  return `${noun}${names.size === 1 ? "" : "s"} ${[...names].slice(0, NAMED).join(", ")}` +
    `${more > 0 ? ` and ${more} more` : ""} ${names.size === 1 ? "is" : "are"}`;
}

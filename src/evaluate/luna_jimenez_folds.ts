import { ProtocolError } from "./protocol_error.ts";

const FOLDS: readonly (readonly number[])[] = [
  [2, 5, 14, 15, 16],
  [3, 6, 7, 13, 18],
  [10, 11, 12, 19, 20],
  [8, 17, 21, 23, 24],
  [1, 4, 9, 22],
];

/**
 * The five test folds of RAVDESS's actors that C. Luna-Jiménez et al. published ("Multimodal emotion
 * recognition on RAVDESS dataset using transfer learning", Sensors 21(22), 2021), restricted to the
 * actors at hand. A fold of which no actor is there is left out.
 *
 * @param actors Numbers of the actors at hand, in any order, repeated or not.
 * @returns The actors of each test fold, ascending.
 *
 * @throws {ProtocolError} If an actor is not one of RAVDESS's 24, or all are in one fold.
 *
 * @example
 * ```ts
 * import { lunaJimenezFolds } from "./luna_jimenez_folds.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(lunaJimenezFolds([1, 2, 3, 4, 5]), [[2, 5], [3], [1, 4]]);
 * ```
 */
export function lunaJimenezFolds(actors: Iterable<number>): number[][] {
  const present = new Set(actors);
  const known = new Set(FOLDS.flat());
  for (const actor of present) {
    if (!known.has(actor)) {
      throw new ProtocolError(
        `actor ${actor} is in none of the luna-jimenez folds, which cover actors 1 to 24: ` +
          "give a number of folds instead",
      );
    }
  }
  const folds = FOLDS.map((fold) => fold.filter((actor) => present.has(actor)))
    .filter((fold) => fold.length > 0);
  if (folds.length < 2) {
    throw new ProtocolError(
      `the luna-jimenez folds put all actors at hand (${[...present].join(", ")}) into one fold: ` +
        "add actors or give a number of folds instead",
    );
  }
  return folds;
}

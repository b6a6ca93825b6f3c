/**
 * Divisions of samples into training and test: protocols, folds by speaker, and the leaks that they
 * refuse.
 *
 * @example
 * ```ts
 * import { groupKFold } from "emofuse/split";
 * import { Random } from "emofuse/classify";
 * import assert from "node:assert/strict";
 *
 * const speakers = [7, 7, 7, 7, 8, 8, 9, 9];
 * const folds = groupKFold([0, 1, 0, 1, 0, 1, 0, 1], speakers, 2, new Random(1));
 * assert.deepEqual(folds, [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5, 6, 7)]);
 * ```
 *
 * @module
 */

export * from "../src/split/fold_plan.ts";
export { parseGivenFolds } from "../src/split/given_folds.ts";
export * from "../src/split/leak_error.ts";
export type { LeakId } from "../src/split/leak_id.ts";
export * from "../src/split/protocol.ts";
export * from "../src/split/protocol_error.ts";
export * from "../src/split/protocols/registry.ts";
export * from "../src/split/group_k_fold.ts";
export type { ClipPart } from "../src/corpus/clip.ts";
export type { Random } from "../src/numeric/random.ts";
export type { FoldPreset } from "../src/corpus/corpus.ts";
export type { CorpusWords } from "../src/corpus/words.ts";
export type { GroupBy } from "../src/corpus/group_values.ts";
export type { Noun } from "../src/corpus/words.ts";

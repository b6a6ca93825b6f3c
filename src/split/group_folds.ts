import { groupSamples, whyNoGroups } from "../corpus/group_samples.ts";
import { type GroupBy, orderGroups } from "../corpus/group_values.ts";
import { foldNames } from "./fold_names.ts";
import type { ProtocolSample } from "./protocol.ts";
import { ProtocolError } from "./protocol_error.ts";

/**
 * Test folds that leave out one group after the other: one language, one sex, one age group, whatever samples are
 * known by.
 *
 * @returns Names of the folds, and the numbers of their test samples, ascending.
 *
 * @throws {ProtocolError} If a sample's group is not known, or there are fewer than two groups.
 *
 * @example
 * ```ts
 * import { groupFolds } from "./group_folds.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = ["en", "de", "en"].map((language, k) => (
 *   { label: 0, speaker: `${k}`, take: `${k}`, attributes: { language } }
 * ));
 * assert.deepEqual(groupFolds({ attribute: "language" }, samples), {
 *   names: ["language-de", "language-en"],
 *   tests: [Int32Array.of(1), Int32Array.of(0, 2)],
 * });
 * ```
 */
export function groupFolds(
  by: GroupBy,
  samples: readonly ProtocolSample[],
): { names: string[]; tests: Int32Array[] } {
  const { attribute } = by;
  const groups = groupSamples(samples, by);
  const unknown = groups.flatMap((group, k) => group === undefined ? [samples[k].take] : []);
  const option = { option: "folds" };
  if (unknown.length === samples.length) {
    throw new ProtocolError(whyNoGroups(samples, by), option);
  }
  if (unknown.length > 0) {
    throw new ProtocolError(
      `"${attribute}" is not known of ${unknown.length} samples, such as ${
        unknown[0]
      }: every sample must ` +
        "be in a fold",
      option,
    );
  }
  const values = orderGroups(groups.filter((group) => group !== undefined), by);
  if (values.length < 2) {
    throw new ProtocolError(
      `all samples have the ${attribute} ${values[0]}: there is no other to learn from`,
      option,
    );
  }
  return {
    names: foldNames(values, attribute),
    tests: values.map((value) =>
      Int32Array.from(samples.keys()).filter((k) => groups[k] === value)
    ),
  };
}

/** What divides samples into groups. */
export interface GroupBy {
  /** Name of an attribute, such as `sex`. */
  readonly attribute: string;
  /**
   * Where a number begins another group, ascending: 30 and 45 give "under 30", "30 to 44" and "45 and over".
   *
   * @default {every value is a group}
   */
  readonly cuts?: readonly number[];
}

/** What an age begins another group at unless somebody says otherwise. */
export const AGE_CUTS: readonly number[] = [30, 45, 60];

/** More groups than this tell nobody anything. */
export const MOST_GROUPS = 12;

/**
 * The group of each sample. Ages, where nothing is said of cuts, are divided at {@linkcode AGE_CUTS}.
 *
 * @param values What each sample has, as text; undefined where it is not known.
 * @returns The groups; undefined where the value is not known, or is no number and should be.
 *
 * @example
 * ```ts
 * import { groupValues } from "./group_values.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(groupValues(["20", "44", "45", undefined], { attribute: "age", cuts: [30, 45] }), [
 *   "under 30",
 *   "30 to 44",
 *   "45 and over",
 *   undefined,
 * ]);
 * assert.deepEqual(groupValues(["female", "male"], { attribute: "sex" }), ["female", "male"]);
 * ```
 */
export function groupValues(
  values: readonly (string | undefined)[],
  { attribute, cuts = attribute === "age" ? AGE_CUTS : undefined }: GroupBy,
): (string | undefined)[] {
  if (!cuts) return values.map((value) => value === "" ? undefined : value);
  return values.map((value) => {
    const number = value === undefined || value.trim() === "" ? NaN : Number(value);
    if (Number.isNaN(number)) return undefined;
    const above = cuts.filter((cut) => number >= cut).length;
    if (above === 0) return `under ${cuts[0]}`;
    const [from, to] = [cuts[above - 1], cuts[above]];
    return to === undefined ? `${from} and over` : `${from} to ${to - 1}`;
  });
}

/** The groups in an order for people: of cut numbers by size, else by their names. */
export function orderGroups(
  groups: Iterable<string>,
  { attribute, cuts = attribute === "age" ? AGE_CUTS : undefined }: GroupBy,
): string[] {
  const names = [...new Set(groups)];
  if (!cuts) return names.sort();
  const order = groupValues([cuts[0] - 1, ...cuts].map(String), { attribute, cuts });
  return names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

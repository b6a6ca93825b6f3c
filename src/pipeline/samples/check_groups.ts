import { type Groupable, groupSamples, whyNoGroups } from "../../corpus/group_samples.ts";
import { type GroupBy, MOST_GROUPS } from "../../corpus/group_values.ts";
import { GroupError } from "./group_error.ts";

/**
 * Checks what samples are to be divided by.
 *
 * @throws {GroupError} If no sample has an attribute, or it has too many values to compare.
 */
export function checkGroups(by: readonly GroupBy[], samples: readonly Groupable[]): void {
  for (const one of by) {
    const groups = new Set(groupSamples(samples, one));
    groups.delete(undefined);
    if (groups.size === 0) throw new GroupError(whyNoGroups(samples, one));
    if (groups.size > MOST_GROUPS) {
      throw new GroupError(
        `"${one.attribute}" has ${groups.size} values: at most ${MOST_GROUPS} groups can be compared; ` +
          "numbers can be cut, as in age:30,45,60",
      );
    }
  }
}

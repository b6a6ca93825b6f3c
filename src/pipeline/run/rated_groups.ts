import type { GroupBy } from "../../corpus/group_values.ts";
import type { GroupComparison } from "../../evaluate/rate_groups.ts";
import type { VoteScores } from "../../evaluate/rate_votes.ts";
import type { Seen } from "../../modality.ts";
import type { RowName } from "./row_name.ts";

/** One row of the table, group by group. */
export interface RowGroups extends RowName, GroupComparison {}

/** People on the same samples, group by group. */
export interface PeopleGroup extends VoteScores {
  /** What they met. */
  readonly modality: Seen;
  /** The group. */
  readonly group: string;
}

/** Who is recognised worse, by one attribute. */
export interface RatedGroups extends GroupBy {
  /** Test samples of which the attribute is not known. */
  readonly unknown: number;
  /** The rows of the table that learned anything. */
  readonly rows: readonly RowGroups[];
  /** People, where there are votes. */
  readonly people?: readonly PeopleGroup[];
}

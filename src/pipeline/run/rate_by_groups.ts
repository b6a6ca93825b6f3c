import { type GroupBy, groupValues, MOST_GROUPS, orderGroups } from "../../corpus/group_values.ts";
import { type GroupComparison, rateGroups } from "../../evaluate/rate_groups.ts";
import { rateVotes, type VoteScores } from "../../evaluate/rate_votes.ts";
import type { Seen } from "../../modality.ts";
import type { Sample } from "../samples/samples.ts";
import { GroupError } from "./group_error.ts";
import type { Predictions, RowName } from "./results.ts";
import { rowNameOf } from "./row_name.ts";
import { type PeopleOptions, type Voted, votesOf } from "./rate_people.ts";

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

/** What samples are divided by where nobody says otherwise, as far as a corpus tells it. */
const USUAL: readonly GroupBy[] = [
  { attribute: "sex" },
  { attribute: "age" },
  { attribute: "language" },
];

/** The attribute of a sample; its corpus is one. */
export function attributeOf({ corpus, attributes }: Sample, name: string): string | undefined {
  return name === "corpus" ? corpus : attributes[name];
}

/**
 * Checks what samples are to be divided by.
 *
 * @throws {GroupError} If no sample has an attribute, or it has too many values to compare.
 */
export function checkGroups(by: readonly GroupBy[], samples: readonly Sample[]): void {
  for (const one of by) {
    const groups = new Set(groupsOf(one, samples));
    groups.delete(undefined);
    if (groups.size === 0) {
      const known = new Set([
        "corpus",
        ...samples.flatMap(({ attributes }) => Object.keys(attributes)),
      ]);
      throw new GroupError(
        `no clip has the attribute "${one.attribute}"${
          one.cuts ? " as a number" : ""
        }; there are: ${[...known].sort().join(", ")}`,
      );
    }
    if (groups.size > MOST_GROUPS) {
      throw new GroupError(
        `"${one.attribute}" has ${groups.size} values: at most ${MOST_GROUPS} groups can be compared; ` +
          "numbers can be cut, as in age:30,45,60",
      );
    }
  }
}

function groupsOf(by: GroupBy, samples: readonly Sample[]): (string | undefined)[] {
  return groupValues(samples.map((sample) => attributeOf(sample, by.attribute)), by);
}

/** What {@linkcode rateByGroups} is told of a run. */
export interface GroupOptions extends PeopleOptions {
  /**
   * What samples are divided by.
   *
   * @default {sex, age and language, where the corpus tells two groups of them}
   */
  readonly by?: readonly GroupBy[];
  /** Seed of the bootstrap. */
  readonly seed: number;
  /** Where the corpus keeps people's votes. */
  readonly votes?: Voted["votes"];
}

/**
 * Who is recognised worse: every row that learned anything, by every attribute.
 *
 * @param tested The test samples, in the order of the predictions.
 * @param predictions What every row says of them.
 * @param nClasses Number of classes.
 */
export function rateByGroups(
  tested: readonly Sample[],
  { samples, rows }: Pick<Predictions, "samples" | "rows">,
  nClasses: number,
  { by, seed, ...people }: GroupOptions,
): RatedGroups[] {
  const truth = Int32Array.from(samples, ({ truth }) => truth);
  const speakers = tested.map(({ speaker }) => speaker);
  return (by ?? USUAL).flatMap((one): RatedGroups[] => {
    const groups = groupsOf(one, tested);
    const order = orderGroups(groups.filter((group) => group !== undefined), one);
    if (by === undefined && (order.length < 2 || order.length > MOST_GROUPS)) return [];
    const compare = (predicted: readonly number[]) =>
      rateGroups(truth, Int32Array.from(predicted), nClasses, speakers, groups, order, { seed });
    const voted = votesOf(people, tested).flatMap(({ modality, votes }) =>
      order.flatMap((group) => {
        const own = tested.keys().filter((i) => groups[i] === group).toArray();
        const scores = rateVotes(own.map((i) => tested[i].label), own.map((i) => votes[i]));
        return scores ? [{ modality, group, ...scores }] : [];
      })
    );
    return [{
      ...one,
      unknown: groups.filter((group) => group === undefined).length,
      rows: rows.filter(({ recipe }) => recipe !== "")
        .map((row) => ({ ...rowNameOf(row), ...compare(row.predicted) })),
      ...(voted.length > 0 ? { people: voted } : {}),
    }];
  });
}

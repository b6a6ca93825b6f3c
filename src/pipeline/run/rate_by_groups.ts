import { groupSamples } from "../../corpus/group_samples.ts";
import { type GroupBy, MOST_GROUPS, orderGroups } from "../../corpus/group_values.ts";
import { rateGroups } from "../../evaluate/rate_groups.ts";
import { rateVotes } from "../../evaluate/rate_votes.ts";
import type { Sample } from "../samples/samples.ts";
import type { RatedGroups } from "./rated_groups.ts";
import type { Predictions } from "./results.ts";
import { rowNameOf } from "./row_name.ts";
import { type PeopleOptions, type Voted, votesOf } from "./rate_people.ts";

/** What samples are divided by where nobody says otherwise, as far as a corpus tells it. */
const USUAL: readonly GroupBy[] = [
  { attribute: "sex" },
  { attribute: "age" },
  { attribute: "language" },
];

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
    const groups = groupSamples(tested, one);
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

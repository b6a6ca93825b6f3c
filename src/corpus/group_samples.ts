import { type GroupBy, groupValues } from "./group_values.ts";

/** What a sample is grouped by. */
export interface Groupable {
  /**
   * Its corpus, which counts as an attribute.
   *
   * @default {not known}
   */
  readonly corpus?: string;
  /**
   * What else is known of it, by name.
   *
   * @default {nothing}
   */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The group of each sample by an attribute of theirs; undefined where it is not known. */
export function groupSamples(samples: readonly Groupable[], by: GroupBy): (string | undefined)[] {
  const { attribute } = by;
  return groupValues(
    samples.map(({ corpus, attributes }) =>
      attribute === "corpus" ? corpus : attributes?.[attribute]
    ),
    by,
  );
}

/** Says, where no sample has a group, what they could be divided by instead. */
export function whyNoGroups(samples: readonly Groupable[], { attribute, cuts }: GroupBy): string {
  const known = samples.flatMap(({ attributes = {} }) => Object.keys(attributes));
  return `no clip has the attribute "${attribute}"${cuts ? " as a number" : ""}; there are: ` +
    [...new Set(["corpus", ...known])].sort().join(", ");
}

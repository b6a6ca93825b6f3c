import { filesOf } from "../samples/files_of.ts";
import type { Sample } from "../samples/samples.ts";
import type { GivenTable } from "./read_given_table.ts";

/**
 * The row of each sample in a table: that of any file which the sample may be taken from, by the path that results
 * give it, or else by its bare name: where the table names it without a folder, and no other sample has that name.
 *
 * @returns The numbers of the rows; undefined where the table has none of the sample.
 */
export function rowsOfSamples(
  { rows }: Pick<GivenTable, "rows">,
  samples: readonly Pick<Sample, "picture" | "sound" | "landmarks">[],
): (number | undefined)[] {
  const known = new Map<string, number | undefined>();
  for (const [key, row] of rows) {
    if (key.includes("/")) continue;
    const name = bareName(key);
    known.set(name, known.has(name) ? undefined : row);
  }
  const namesOf = samples.map((sample) => new Set(filesOf(sample).map(bareName)));
  const holders = new Map<string, number>();
  for (const name of namesOf.flatMap((names) => [...names])) {
    holders.set(name, (holders.get(name) ?? 0) + 1);
  }
  return samples.map((sample, i) => {
    const exact = filesOf(sample).find((file) => rows.has(file));
    if (exact !== undefined) return rows.get(exact);
    // A name that two samples have says nothing of whose numbers the row holds.
    const name = [...namesOf[i]].find((name) => known.has(name) && holders.get(name) === 1);
    return name === undefined ? undefined : known.get(name);
  });
}

/** Without folders and ending, with the span of a part. */
function bareName(file: string): string {
  const [path, ...span] = file.split("#");
  return [path.replace(/^.*\//, "").replace(/\.[^.]*$/, ""), ...span].join("#");
}

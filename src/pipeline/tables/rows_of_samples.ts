import { filesOf } from "../samples/files_of.ts";
import type { Sample } from "../samples/samples.ts";
import type { GivenTable } from "./read_given_table.ts";

/**
 * The row of each sample in a table: that of any file which the sample may be taken from, by the path that results
 * give it, or else by its bare name where the table has that name once.
 *
 * @returns The numbers of the rows; undefined where the table has none of the sample.
 */
export function rowsOfSamples(
  { rows }: Pick<GivenTable, "rows">,
  samples: readonly Pick<Sample, "picture" | "sound" | "landmarks">[],
): (number | undefined)[] {
  const byName = new Map<string, number | undefined>();
  for (const [key, row] of rows) {
    const name = bareName(key);
    byName.set(name, byName.has(name) ? undefined : row);
  }
  return samples.map((sample) => {
    const files = filesOf(sample);
    const exact = files.find((file) => rows.has(file));
    if (exact !== undefined) return rows.get(exact);
    return files.map((file) => byName.get(bareName(file))).find((row) => row !== undefined);
  });
}

/** Without folders and ending, with the span of a part. */
function bareName(file: string): string {
  const [path, ...span] = file.split("#");
  return [path.replace(/^.*\//, "").replace(/\.[^.]*$/, ""), ...span].join("#");
}

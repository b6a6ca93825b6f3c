import type { SkippedFile } from "../../corpus/clip.ts";
import { filesOf } from "./files_of.ts";
import type { Sample } from "./samples.ts";

/**
 * The samples whose labels all corpora have: a model can be judged on another corpus only by what both know.
 *
 * @returns The samples that are kept, and the files of the others with the corpora that lack their labels.
 */
export function keepCommonLabels(
  samples: readonly Sample[],
): { kept: Sample[]; skipped: SkippedFile[] } {
  const byCorpus = Map.groupBy(samples, ({ corpus }) => corpus);
  const labels = new Map(
    Array.from(byCorpus, ([corpus, some]) => [corpus, new Set(some.map(({ label }) => label))]),
  );
  const lacking = (label: string) =>
    [...labels].flatMap(([corpus, own]) => own.has(label) ? [] : [corpus]);
  const kept: Sample[] = [];
  const skipped: SkippedFile[] = [];
  for (const sample of samples) {
    const without = lacking(sample.label);
    if (without.length === 0) kept.push(sample);
    else {
      const reason = `"${sample.label}" is no label of ${without.join(" and ")}: across corpora ` +
        "only those count that all have";
      skipped.push(...filesOf(sample).map((file) => ({ file, reason })));
    }
  }
  return { kept, skipped };
}

import { withNewNames } from "../corpus/old_names.ts";
import { RAVDESS } from "../corpus/ravdess/ravdess.ts";
import { RAVDESS_OLD_NAMES } from "../corpus/ravdess/words.ts";

/**
 * The corpus of a `results.json` with the fields that older versions did not write: RAVDESS was then the
 * only corpus, and fields had its names alone.
 */
export function currentCorpus(corpus: object): object {
  const { name, title, words } = RAVDESS;
  const fields = { name, title, words, ...withNewNames(corpus, RAVDESS_OLD_NAMES) };
  return "classes" in fields ? { ...fields, classes: currentList(fields.classes) } : fields;
}

/** A `report.json` with the fields that older versions did not write. */
export function currentReport<T extends { mapSamples: unknown; matrix: object }>(report: T): T {
  return {
    ...report,
    mapSamples: currentList(report.mapSamples),
    matrix: withNewNames(report.matrix, RAVDESS_OLD_NAMES),
  };
}

function currentList(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry) => withNewNames(entry ?? {}, RAVDESS_OLD_NAMES));
}

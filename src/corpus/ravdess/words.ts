import type { OldNames } from "../old_names.ts";
import type { CorpusWords } from "../words.ts";

/** What RAVDESS calls speakers, takes and labels. */
export const RAVDESS_WORDS: CorpusWords = {
  speaker: { one: "actor", many: "actors" },
  take: { one: "performance", many: "performances" },
  label: { one: "emotion", many: "emotions" },
  prefixes: { both: "01-", silent: "02-", sound: "03-" },
};

/** The fields of results from the time when RAVDESS was the only corpus: there, actors are numbers. */
export const RAVDESS_OLD_NAMES: OldNames = {
  fields: {
    speaker: "actor",
    speakers: "actors",
    take: "performance",
    takes: "performances",
    label: "emotion",
    labels: "emotions",
  },
  toOld: (field, value) => field.startsWith("speaker") ? each(value, Number) : value,
  toNew: (field, value) => field.startsWith("speaker") ? each(value, String) : value,
};

function each<T>(value: unknown, convert: (value: unknown) => T): T | T[] {
  return Array.isArray(value) ? value.map((item) => convert(item)) : convert(value);
}

import type { ClipFilterOption } from "./corpus.ts";
import { parseNames } from "./parse/parse_names.ts";

/** The filter `emotions` of a corpus, by the labels that it has. */
export function labelFilter(labels: readonly string[]): ClipFilterOption {
  return {
    key: "emotions",
    flag: "emotions",
    description: "emotions, such as calm,angry",
    reads: "label",
    parse: (text) => parseNames(text, labels, "an emotion"),
  };
}

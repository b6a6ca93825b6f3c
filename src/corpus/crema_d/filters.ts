import type { ClipFilterOption } from "../corpus.ts";
import { FlagValueError } from "../parse/flag_value_error.ts";
import { labelFilter } from "../label_filter.ts";
import { parseNames } from "../parse/parse_names.ts";
import { parseSpeakers } from "../parse/parse_speakers.ts";
import {
  CREMA_D_LABELS,
  CREMA_D_LEVELS,
  CREMA_D_SENTENCES,
  FIRST_ACTOR,
  LAST_ACTOR,
} from "./name.ts";

/** Filters by the fields of a CREMA-D name. */
export const CREMA_D_FILTERS: readonly ClipFilterOption[] = [
  labelFilter(CREMA_D_LABELS),
  {
    key: "levels",
    flag: "levels",
    description: `levels of CREMA-D: ${CREMA_D_LEVELS.join(", ")}`,
    reads: "level",
    parse: (text) => parseNames(text, CREMA_D_LEVELS, "a level"),
  },
  {
    key: "sentences",
    flag: "sentences",
    description: "sentences of CREMA-D, such as IEO,DFA",
    reads: "sentence",
    parse: (text) => parseNames(text, Object.keys(CREMA_D_SENTENCES), "a sentence"),
  },
  {
    key: "actors",
    flag: "actors",
    description: "actors, such as 1001,1002 or 1001-1004",
    reads: "speaker",
    parse: parseActors,
  },
];

function parseActors(text: string): string[] {
  const actors = parseSpeakers(text);
  const other = actors.find((actor) =>
    !(Number(actor) >= FIRST_ACTOR && Number(actor) <= LAST_ACTOR)
  );
  if (other !== undefined) {
    throw new FlagValueError(
      other,
      "an actor",
      `numbers from ${FIRST_ACTOR} to ${LAST_ACTOR} or ranges of them, separated by commas`,
    );
  }
  return actors;
}

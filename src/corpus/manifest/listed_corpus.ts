import type { Clip } from "../clip.ts";
import type { Corpus } from "../corpus.ts";
import { fileOf } from "../span.ts";
import { GENERAL_WORDS } from "../words.ts";
import type { ClipsOfRows } from "./clips_of_rows.ts";

/** The name of a corpus that a list of the user's own makes. */
export const LIST_NAME = "manifest";

/**
 * The corpus that a list of clips makes: its labels in alphabetical order, no words of its own, and nothing
 * known of its licence.
 *
 * @param title The list's name for people.
 * @param about The corpus's name in results, and its licence, where these are known.
 */
export function listedCorpus(
  title: string,
  read: ClipsOfRows,
  { name = LIST_NAME, licence }: { readonly name?: string; readonly licence?: string } = {},
): Corpus {
  const { clips } = read;
  const takes = takesByName(clips);
  const example = clips.length === 0 ? "clip" : stem(clips[0]);
  return {
    name,
    title,
    words: GENERAL_WORDS,
    example,
    folds: [],
    counted: [],
    labels: [...new Set(clips.map(({ label }) => label))].sort(),
    filters: [{
      key: "emotions",
      flag: "emotions",
      description: "labels, such as calm,angry",
      reads: "label",
      parse: (text) => text.split(",").map((label) => label.trim()),
    }],
    card: {
      name: title,
      licence: licence ?? "that of the listed clips, which the list does not state",
      weights: `The fitted weights were trained on the clips of ${title}: whoever has rights to ` +
        "these, and the people who show in them, may have a say in their use.",
      limits: (people, samples) =>
        `Trained on ${samples} clips by ${people}: expect less on other languages, noise, light ` +
        "and people than the protocol's numbers say.",
    },
    isNamed: () => false,
    takeOf: (name) => takes.get(name),
    readClips: () => Promise.resolve(read),
  };
}

/** The takes of whole files by the names of these files, without folder and extension, where one has it. */
function takesByName(clips: readonly Clip[]): ReadonlyMap<string, string> {
  const named = Map.groupBy(clips.filter(({ span }) => !span), stem);
  return new Map(
    [...named].flatMap(([name, [first, ...others]]) =>
      others.every(({ take }) => take === first.take) ? [[name, first.take] as const] : []
    ),
  );
}

function stem(clip: Clip): string {
  return fileOf(clip).replace(/^.*\//, "").replace(/\.[^.]*$/, "");
}

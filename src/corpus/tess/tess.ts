import type { Corpus } from "../corpus.ts";
import { labelFilter } from "../label_filter.ts";
import { type NamedClip, readNamedClips } from "../read_named_clips.ts";
import { tracksOf } from "../tracks_of.ts";
import { GENERAL_WORDS } from "../words.ts";
import { TESS_CARD } from "./card.ts";
import { parseTessName, TESS_LABELS } from "./name.ts";

/** What is known of the two actresses. */
const SPEAKERS = {
  OAF: { age: "64", ageGroup: "older" },
  YAF: { age: "26", ageGroup: "younger" },
} as const;

/**
 * The Toronto Emotional Speech Set (M. K. Pichora-Fuller and K. Dupuis, 2020): two actresses, 200 words,
 * seven emotions, sound alone.
 *
 * @example
 * ```ts
 * import { TESS } from "./tess.ts";
 * import assert from "node:assert/strict";
 *
 * const { clips: [clip] } = await TESS.readClips("/data", ["OAF_back_ps.wav"]);
 * assert.deepEqual([clip.label, clip.attributes.ageGroup], ["surprised", "older"]);
 * ```
 */
export const TESS: Corpus = {
  name: "tess",
  title: "TESS",
  labels: TESS_LABELS,
  words: GENERAL_WORDS,
  example: "OAF_back_angry",
  filters: [labelFilter(TESS_LABELS)],
  folds: [],
  counted: [{ key: "ageGroups", attribute: "ageGroup", values: ["younger", "older"] }],
  card: TESS_CARD,

  isNamed: (file) => parseTessName(file) !== undefined,
  takeOf: (name) => parseTessName(name)?.take,
  readClips: (root, files) =>
    Promise.resolve(readNamedClips(
      root,
      files,
      readName,
      "a name of TESS is OAF or YAF, a word and an emotion, such as OAF_back_angry",
    )),
};

function readName(file: string): NamedClip | undefined {
  const name = parseTessName(file);
  if (!name) return undefined;
  const { take, speaker, word, label } = name;
  return {
    name: take,
    corpus: "tess",
    label,
    speaker,
    take,
    tracks: tracksOf(file),
    attributes: { sex: "female", ...SPEAKERS[speaker], language: "en", word },
  };
}

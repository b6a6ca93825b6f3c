import type { Corpus } from "../corpus.ts";
import { labelFilter } from "../label_filter.ts";
import { parseNames } from "../parse/parse_names.ts";
import { type NamedClip, readNamedClips } from "../read_named_clips.ts";
import { tracksOf } from "../tracks_of.ts";
import { GENERAL_WORDS } from "../words.ts";
import { EMO_DB_CARD } from "./card.ts";
import { EMO_DB_LABELS, EMO_DB_SPEAKERS, EMO_DB_TEXTS, parseEmoDbName } from "./name.ts";
import { EMO_DB_PUBLICATION } from "./publication.ts";

/**
 * The Berlin Database of Emotional Speech (F. Burkhardt et al., Interspeech 2005): ten speakers, ten
 * German sentences, seven emotions, sound alone.
 *
 * @example
 * ```ts
 * import { EMO_DB } from "./emo_db.ts";
 * import assert from "node:assert/strict";
 *
 * const { clips: [clip] } = await EMO_DB.readClips("/data", ["wav/08b10Wa.wav"]);
 * assert.deepEqual([clip.label, clip.speaker, clip.attributes.sex], ["angry", "8", "female"]);
 * ```
 */
export const EMO_DB: Corpus = {
  name: "emo-db",
  title: "EMO-DB",
  labels: EMO_DB_LABELS,
  words: GENERAL_WORDS,
  example: "03a01Fa",
  filters: [labelFilter(EMO_DB_LABELS), {
    key: "texts",
    flag: "texts",
    description: "texts of EMO-DB, such as a01,b10",
    reads: "text",
    parse: (text) => parseNames(text, EMO_DB_TEXTS, "a text"),
  }],
  folds: [],
  counted: [{ key: "sexes", attribute: "sex", values: ["female", "male"] }],
  card: EMO_DB_CARD,
  publication: EMO_DB_PUBLICATION,

  isNamed: (file) => parseEmoDbName(file) !== undefined,
  takeOf: (name) => parseEmoDbName(name)?.take,
  readClips: (root, files) =>
    Promise.resolve(readNamedClips(
      root,
      files,
      readName,
      "a name of EMO-DB is speaker, text, letter of the emotion and version, such as 03a01Fa",
    )),
};

function readName(file: string): NamedClip | undefined {
  const name = parseEmoDbName(file);
  if (!name) return undefined;
  const { take, speaker, text, label, version } = name;
  const { sex, age } = EMO_DB_SPEAKERS[speaker];
  return {
    name: take,
    corpus: "emo-db",
    label,
    speaker: String(Number(speaker)),
    take,
    tracks: tracksOf(file),
    attributes: { sex, age: String(age), language: "de", text, version },
  };
}

import type { Corpus } from "../corpus.ts";
import { labelFilter } from "../label_filter.ts";
import { type NamedClip, readNamedClips } from "../read_named_clips.ts";
import { tracksOf } from "../tracks_of.ts";
import { GENERAL_WORDS } from "../words.ts";
import { SAVEE_CARD } from "./card.ts";
import { parseSaveeName, SAVEE_LABELS } from "./name.ts";

/**
 * Surrey Audio-Visual Expressed Emotion (S. Haq and P. J. B. Jackson, AVSP 2009): four men, 15 sentences
 * an emotion, seven emotions.
 *
 * @example
 * ```ts
 * import { SAVEE } from "./savee.ts";
 * import assert from "node:assert/strict";
 *
 * const { clips: [clip] } = await SAVEE.readClips("/data", ["AudioData/DC/sa03.wav"]);
 * assert.deepEqual([clip.label, clip.speaker, clip.take], ["sad", "DC", "DC_sa03"]);
 * ```
 */
export const SAVEE: Corpus = {
  name: "savee",
  title: "SAVEE",
  labels: SAVEE_LABELS,
  words: GENERAL_WORDS,
  example: "DC_su15",
  filters: [labelFilter(SAVEE_LABELS)],
  folds: [],
  counted: [],
  card: SAVEE_CARD,

  isNamed: (file) => parseSaveeName(file) !== undefined,
  takeOf: (name) => parseSaveeName(name)?.take,
  readClips: (root, files) =>
    Promise.resolve(readNamedClips(
      root,
      files,
      readName,
      "a name of SAVEE is letters of the emotion and a number in a folder of the speaker's, such as " +
        "DC/su15, or DC_su15",
    )),
};

function readName(file: string): NamedClip | undefined {
  const name = parseSaveeName(file);
  if (!name) return undefined;
  const { take, speaker, label, sentence } = name;
  const tracks = tracksOf(file);
  return {
    // A clip with its picture is no copy of the sound alone.
    name: tracks.picture ? `${take}-av` : take,
    corpus: "savee",
    label,
    speaker,
    take,
    tracks,
    attributes: { sex: "male", language: "en", sentence: String(sentence) },
  };
}

import type { Corpus } from "../corpus.ts";
import { RAVDESS_CARD } from "./card.ts";
import { EMOBOX } from "./emobox.ts";
import { CHANNELS, EMOTIONS } from "./fields.ts";
import { RAVDESS_FILTERS } from "./filters.ts";
import { RAVDESS_HICMAE } from "./hicmae.ts";
import { LUNA_JIMENEZ } from "./luna_jimenez.ts";
import { parseRavdessName, performanceId, RavdessNameError } from "./name.ts";
import { RAVDESS_PUBLICATION } from "./publication.ts";
import { readRavdessClips } from "./read_clips.ts";
import { RAVDESS_OLD_NAMES, RAVDESS_WORDS } from "./words.ts";

/**
 * The Ryerson Audio-Visual Database of Emotional Speech and Song (S. R. Livingstone and F. A. Russo,
 * PLoS ONE 13(5), 2018): 24 actors, two sentences, eight emotions.
 *
 * @example
 * ```ts
 * import { RAVDESS } from "./ravdess.ts";
 * import assert from "node:assert/strict";
 *
 * const { clips } = await RAVDESS.readClips("/data", ["Actor_12/02-01-05-01-02-01-12.mp4"]);
 * const [{ label, speaker, take, tracks }] = clips;
 * assert.deepEqual([label, speaker, take], ["angry", "12", "01-05-01-02-01-12"]);
 * assert.deepEqual(tracks, { picture: true, sound: "silent" });
 * ```
 */
export const RAVDESS: Corpus = {
  name: "ravdess",
  title: "RAVDESS",
  labels: EMOTIONS,
  words: RAVDESS_WORDS,
  example: "01-01-05-01-02-01-12",
  filters: RAVDESS_FILTERS,
  folds: [LUNA_JIMENEZ, RAVDESS_HICMAE, EMOBOX],
  counted: [{ key: "channels", attribute: "channel", values: CHANNELS }],
  card: RAVDESS_CARD,
  publication: RAVDESS_PUBLICATION,
  oldNames: RAVDESS_OLD_NAMES,

  isNamed: (file) => takeOf(file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "")) !== undefined,
  takeOf,
  readClips: (root, files) => Promise.resolve(readRavdessClips(root, files)),
};

function takeOf(name: string): string | undefined {
  try {
    return performanceId(parseRavdessName(name));
  } catch (error) {
    if (error instanceof RavdessNameError) return undefined;
    throw error;
  }
}

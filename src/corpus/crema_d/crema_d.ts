import type { Corpus } from "../corpus.ts";
import { CREMA_D_CARD } from "./card.ts";
import { CREMA_D_FILTERS } from "./filters.ts";
import { CREMA_D_HICMAE } from "./hicmae.ts";
import { CREMA_D_LABELS, CREMA_D_LEVELS, parseCremaDName } from "./name.ts";
import { CREMA_D_PUBLICATION } from "./publication.ts";
import { readCremaDClips } from "./read_clips.ts";

/**
 * The Crowd-sourced Emotional Multimodal Actors Dataset (H. Cao et al., IEEE Trans. Affective Computing
 * 5(4), 2014): 91 actors, twelve sentences, six emotions.
 *
 * @example
 * ```ts
 * import { CREMA_D } from "./crema_d.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["AudioWAV/1001_DFA_ANG_XX.wav", "VideoFlash/1001_DFA_ANG_XX.flv"];
 * const { clips } = await CREMA_D.readClips("/data", files);
 * assert.deepEqual(clips.map(({ take }) => take), ["1001_DFA_ANG_XX", "1001_DFA_ANG_XX"]);
 * assert.deepEqual(clips.map(({ tracks }) => tracks.picture), [false, true]);
 * ```
 */
export const CREMA_D: Corpus = {
  name: "crema-d",
  title: "CREMA-D",
  labels: CREMA_D_LABELS,
  words: {
    speaker: { one: "actor", many: "actors" },
    take: { one: "take", many: "takes" },
    label: { one: "emotion", many: "emotions" },
  },
  example: "1001_DFA_ANG_XX",
  filters: CREMA_D_FILTERS,
  folds: [CREMA_D_HICMAE],
  counted: [
    { key: "sexes", attribute: "sex", values: ["female", "male"] },
    { key: "levels", attribute: "level", values: CREMA_D_LEVELS },
  ],
  votes: { audio: "voiceVote", video: "faceVote", fused: "bothVote" },
  card: CREMA_D_CARD,
  publication: CREMA_D_PUBLICATION,

  isNamed: (file) => parseCremaDName(file) !== undefined,
  takeOf: (name) => parseCremaDName(name)?.take,
  readClips: readCremaDClips,
};

import { stemOf } from "../stem.ts";

/** Number of the first actor. */
export const FIRST_ACTOR = 1001;
/** Number of the last actor. */
export const LAST_ACTOR = 1091;

/** The twelve sentences by their codes. */
export const CREMA_D_SENTENCES: Readonly<Record<string, string>> = {
  IEO: "It's eleven o'clock",
  TIE: "That is exactly what happened",
  IOM: "I'm on my way to the meeting",
  IWW: "I wonder what this is about",
  TAI: "The airplane is almost full",
  MTI: "Maybe tomorrow it will be cold",
  IWL: "I would like a new alarm clock",
  ITH: "I think I have a doctor's appointment",
  DFA: "Don't forget a jacket",
  ITS: "I think I've seen this before",
  TSI: "The surface is slick",
  WSI: "We'll stop in a couple of minutes",
};

/** Labels by the codes of names. */
const LABELS: Readonly<Record<string, string>> = {
  NEU: "neutral",
  HAP: "happy",
  SAD: "sad",
  ANG: "angry",
  FEA: "fearful",
  DIS: "disgust",
};

/** The labels in the order of results. */
export const CREMA_D_LABELS: readonly string[] = Object.values(LABELS);

/** How strongly an emotion was asked for, by the codes of names. */
const LEVELS: Readonly<Record<string, string>> = {
  LO: "low",
  MD: "medium",
  HI: "high",
  XX: "unspecified",
  // 1040_ITH_SAD_X is published so.
  X: "unspecified",
};

/** The levels in their order. */
export const CREMA_D_LEVELS: readonly string[] = [...new Set(Object.values(LEVELS))];

/** What a name of CREMA-D tells. */
export interface CremaDName {
  /** Actor, sentence, emotion and level, as in `1001_DFA_ANG_XX`. */
  readonly take: string;
  /** Number of the actor. */
  readonly actor: string;
  /** Code of the sentence. */
  readonly sentence: string;
  /** The emotion in the project's words. */
  readonly label: string;
  /** How strongly it was asked for. */
  readonly level: string;
}

/**
 * Reads a name of CREMA-D: actor, sentence, emotion and level, as in `1001_DFA_ANG_XX.wav`.
 *
 * @returns Undefined where the name is none, or has an actor or a sentence that the corpus has not.
 *
 * @example
 * ```ts
 * import { parseCremaDName } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseCremaDName("AudioWAV/1001_IEO_FEA_HI.wav")?.level, "high");
 * assert.equal(parseCremaDName("1040_ITH_SAD_X.wav")?.take, "1040_ITH_SAD_XX");
 * assert.equal(parseCremaDName("2001_IEO_FEA_HI.wav"), undefined);
 * ```
 */
export function parseCremaDName(file: string): CremaDName | undefined {
  const match = /^(\d{4})_([A-Z]{3})_(NEU|HAP|SAD|ANG|FEA|DIS)_(LO|MD|HI|XX?)$/.exec(stemOf(file));
  if (!match) return undefined;
  const [, actor, sentence, emotion, level] = match;
  const isKnown = Number(actor) >= FIRST_ACTOR && Number(actor) <= LAST_ACTOR;
  if (!isKnown || !Object.hasOwn(CREMA_D_SENTENCES, sentence)) return undefined;
  const take = [actor, sentence, emotion, level === "X" ? "XX" : level].join("_");
  return { take, actor, sentence, label: LABELS[emotion], level: LEVELS[level] };
}

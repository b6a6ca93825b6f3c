import { stemOf } from "../stem.ts";

/** A speaker of EMO-DB. */
export interface EmoDbSpeaker {
  /** Whether a woman or a man speaks. */
  readonly sex: "female" | "male";
  /** Age in years. */
  readonly age: number;
}

/** The ten speakers by their two-digit codes (the corpus's documentation, www.emodb.bilderbar.info). */
export const EMO_DB_SPEAKERS: Readonly<Record<string, EmoDbSpeaker>> = {
  "03": { sex: "male", age: 31 },
  "08": { sex: "female", age: 34 },
  "09": { sex: "female", age: 21 },
  "10": { sex: "male", age: 32 },
  "11": { sex: "male", age: 26 },
  "12": { sex: "male", age: 30 },
  "13": { sex: "female", age: 32 },
  "14": { sex: "female", age: 35 },
  "15": { sex: "male", age: 25 },
  "16": { sex: "female", age: 31 },
};

/** The ten texts. */
export const EMO_DB_TEXTS: readonly string[] = [
  ...["a01", "a02", "a04", "a05", "a07", "b01", "b02", "b03", "b09", "b10"],
];

/** Labels by the letter of the German word. */
const LABELS: Readonly<Record<string, string>> = {
  N: "neutral",
  F: "happy",
  T: "sad",
  W: "angry",
  A: "fearful",
  E: "disgust",
  L: "bored",
};

/** The labels in the order of results. */
export const EMO_DB_LABELS: readonly string[] = Object.values(LABELS);

/** What a name of EMO-DB tells. */
export interface EmoDbName {
  /** The whole name: every recording is a take of its own. */
  readonly take: string;
  /** Code of the speaker, two digits. */
  readonly speaker: string;
  /** Code of the text. */
  readonly text: string;
  /** The emotion in the project's words. */
  readonly label: string;
  /** Which of several recordings of the same; empty where there is one. */
  readonly version: string;
}

/**
 * Reads a name of EMO-DB: speaker, text, letter of the emotion, version, as in `03a01Fa.wav`.
 *
 * @returns Undefined where the name is none, or has a speaker or a text that the corpus has not.
 *
 * @example
 * ```ts
 * import { parseEmoDbName } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseEmoDbName("wav/03a01Fa.wav")?.label, "happy");
 * assert.equal(parseEmoDbName("01a01Fa.wav"), undefined);
 * ```
 */
export function parseEmoDbName(file: string): EmoDbName | undefined {
  const take = stemOf(file);
  const match = /^(\d\d)([ab]\d\d)([NFTWAEL])([a-z]?)$/.exec(take);
  if (!match) return undefined;
  const [, speaker, text, letter, version] = match;
  if (!Object.hasOwn(EMO_DB_SPEAKERS, speaker) || !EMO_DB_TEXTS.includes(text)) return undefined;
  return { take, speaker, text, label: LABELS[letter], version };
}

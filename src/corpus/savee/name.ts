/** The four speakers, by their initials; all are men. */
export const SAVEE_SPEAKERS: readonly string[] = ["DC", "JE", "JK", "KL"];

/** Labels by the letters of a name. */
const LABELS: Readonly<Record<string, string>> = {
  n: "neutral",
  h: "happy",
  sa: "sad",
  a: "angry",
  f: "fearful",
  d: "disgust",
  su: "surprised",
};

/** The labels in the order of results. */
export const SAVEE_LABELS: readonly string[] = Object.values(LABELS);

/** What a name of SAVEE tells. */
export interface SaveeName {
  /** Speaker, letters of the emotion and number, as in `DC_su15`. */
  readonly take: string;
  /** Initials of the speaker. */
  readonly speaker: string;
  /** The emotion in the project's words. */
  readonly label: string;
  /** Number of the sentence among those of its emotion, from 1. */
  readonly sentence: number;
}

/**
 * Reads a name of SAVEE: letters of the emotion and number of the sentence in a folder of the
 * speaker's (`AudioData/DC/su15.wav`), or all in one (`DC_su15.wav`).
 *
 * @returns Undefined where the name is none.
 *
 * @example
 * ```ts
 * import { parseSaveeName } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseSaveeName("AudioData/DC/su15.wav")?.take, "DC_su15");
 * assert.equal(parseSaveeName("JK_n30.wav")?.label, "neutral");
 * assert.equal(parseSaveeName("DC/x01.wav"), undefined);
 * ```
 */
export function parseSaveeName(file: string): SaveeName | undefined {
  const path = file.replaceAll("\\", "/").replace(/\.[^./]*$/, "");
  const match = /(?:^|\/)(DC|JE|JK|KL)[/_](n|h|sa|a|f|d|su)(\d\d?)$/.exec(path);
  if (!match) return undefined;
  const [, speaker, letters, digits] = match;
  const sentence = Number(digits);
  // Neutral was spoken twice as often as each emotion.
  if (sentence < 1 || sentence > (letters === "n" ? 30 : 15)) return undefined;
  const take = `${speaker}_${letters}${digits.padStart(2, "0")}`;
  return { take, speaker, label: LABELS[letters], sentence };
}

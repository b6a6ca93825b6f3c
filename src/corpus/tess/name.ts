import { stemOf } from "../stem.ts";

/** Labels by the last word of a name; `ps` is pleasant surprise. */
const LABELS: Readonly<Record<string, string>> = {
  neutral: "neutral",
  happy: "happy",
  sad: "sad",
  angry: "angry",
  fear: "fearful",
  disgust: "disgust",
  ps: "surprised",
};

/** The labels in the order of results. */
export const TESS_LABELS: readonly string[] = Object.values(LABELS);

/** What a name of TESS tells. */
export interface TessName {
  /** Speaker, word and emotion: there is one recording of each. */
  readonly take: string;
  /** The older actress (`OAF`) or the younger one (`YAF`). */
  readonly speaker: "OAF" | "YAF";
  /** The word that is said. */
  readonly word: string;
  /** The emotion in the project's words. */
  readonly label: string;
}

/**
 * Reads a name of TESS: speaker, word, emotion, as in `OAF_back_ps.wav`. The file that is published as
 * `OA_bite_neutral.wav` is the older actress's.
 *
 * @returns Undefined where the name is none.
 *
 * @example
 * ```ts
 * import { parseTessName } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseTessName("YAF_fear/YAF_dog_fear.wav")?.label, "fearful");
 * assert.equal(parseTessName("OA_bite_neutral.wav")?.speaker, "OAF");
 * ```
 */
export function parseTessName(file: string): TessName | undefined {
  const match = /^(OAF?|YAF)_([a-z]+)_(neutral|happy|sad|angry|fear|disgust|ps)$/i
    .exec(stemOf(file));
  if (!match) return undefined;
  const [word, emotion] = [match[2].toLowerCase(), match[3].toLowerCase()];
  const speaker = match[1].toUpperCase() === "YAF" ? "YAF" : "OAF";
  return { take: `${speaker}_${word}_${emotion}`, speaker, word, label: LABELS[emotion] };
}

/** A noun in singular and plural. */
export interface Noun {
  /** Of one. */
  readonly one: string;
  /** Of several, and of none. */
  readonly many: string;
}

/** What a corpus calls what every corpus has. Messages and reports speak in its words. */
export interface CorpusWords {
  /** Who speaks. */
  readonly speaker: Noun;
  /** What the files of one take share. */
  readonly take: Noun;
  /** The classes. */
  readonly label: Noun;
  /**
   * What the names of files begin with that have picture and sound, a picture and silence, or sound
   * alone, where names say so.
   *
   * @default {names do not say so}
   */
  readonly prefixes?: { readonly both: string; readonly silent: string; readonly sound: string };
}

/** The words for a corpus that has none of its own. */
export const GENERAL_WORDS: CorpusWords = {
  speaker: { one: "speaker", many: "speakers" },
  take: { one: "take", many: "takes" },
  label: { one: "emotion", many: "emotions" },
};

/**
 * A number with its noun.
 *
 * @example
 * ```ts
 * import { countOf, GENERAL_WORDS } from "./words.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(countOf(1, GENERAL_WORDS.take), "1 take");
 * assert.equal(countOf(0, GENERAL_WORDS.take), "0 takes");
 * ```
 */
export function countOf(n: number, noun: Noun): string {
  return `${n} ${n === 1 ? noun.one : noun.many}`;
}

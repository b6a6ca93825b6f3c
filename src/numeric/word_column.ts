/** Stands for no word. */
const NONE = 0xffffffff;

/**
 * A long column of words of which few are different, such as the labels of a million clips: four bytes each.
 *
 * @example
 * ```ts
 * import { WordColumn } from "./word_column.ts";
 * import assert from "node:assert/strict";
 *
 * const labels = new WordColumn();
 * for (const label of ["calm", undefined, "calm"]) labels.push(label);
 * assert.deepEqual([labels.length, labels.at(1), labels.at(2)], [3, undefined, "calm"]);
 * ```
 */
export class WordColumn {
  readonly #words: string[] = [];
  readonly #numberOf = new Map<string, number>();
  #numbers = new Uint32Array(1024);
  #length = 0;

  /** How many words there are, those that are missing among them. */
  get length(): number {
    return this.#length;
  }

  /** Adds a word, or that there is none. */
  push(word: string | undefined): void {
    if (this.#length === this.#numbers.length) {
      const more = new Uint32Array(2 * this.#length);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[this.#length++] = word === undefined ? NONE : this.#number(word);
  }

  /** The word at a place, counted from 0; undefined where there is none. */
  at(i: number): string | undefined {
    return this.#words[this.#numbers[i]];
  }

  #number(word: string): number {
    const known = this.#numberOf.get(word);
    if (known !== undefined) return known;
    const number = this.#words.push(word) - 1;
    this.#numberOf.set(word, number);
    return number;
  }
}

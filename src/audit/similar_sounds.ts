import type { Fingerprint } from "./fingerprint.ts";

/** A pair of sounds of which one holds what the other holds. */
export interface SimilarPair {
  /** Number of the one sound. */
  readonly a: number;
  /** Number of the other, which is higher. */
  readonly b: number;
  /** Share of equal bits where both are heard: 1 of the same samples, about 0.5 of two others. */
  readonly similarity: number;
}

/**
 * The least share of equal bits. Measured on CREMA-D: the same recording as 16 kbit/s MP3, at a quarter of
 * its volume or cut keeps 0.92 or more; one speaker who says a sentence twice reaches 0.72.
 */
const LEAST_SIMILARITY = 0.8;

/** Frames that two sounds have to share, 0.56 s, if neither is shorter. */
const LEAST_FRAMES = 48;
/** Frames below which a sound says too little to be known again. */
const FEWEST_FRAMES = 24;

/** Words that two sounds have in common at one distance in time before they are compared. */
const LEAST_HITS = 2;

/** A word that is in more places than this is a sound that many make, such as a steady tone, and finds none. */
const MOST_PLACES = 256;

/** Where each word is: places sorted by their words. */
interface WordIndex {
  /** Words, ascending. */
  readonly words: Uint32Array;
  /** The sound of each. */
  readonly sounds: Uint32Array;
  /** Its frame in that sound. */
  readonly frames: Uint32Array;
}

/**
 * Finds the pairs of sounds that are one recording, in part at least: words that both have at the same
 * distance in time point to each other by an index, and only what they point to is compared.
 *
 * @param fingerprints Those of the sounds; undefined where there is none.
 * @param matters Which pairs are asked for. Default: all.
 * @returns The pairs, in ascending order.
 *
 * @example
 * ```ts
 * import { similarSounds } from "./similar_sounds.ts";
 * import assert from "node:assert/strict";
 *
 * const words = Uint32Array.from({ length: 90 }, (_, n) => Math.imul(n + 1, 0x9e3779b1));
 * const active = new Uint8Array(90).fill(1);
 * const end = { words: words.subarray(30), active: active.subarray(30) };
 * assert.deepEqual(similarSounds([{ words, active }, end]), [{ a: 0, b: 1, similarity: 1 }]);
 * assert.deepEqual(similarSounds([{ words, active }, end], () => false), []);
 * ```
 */
export function similarSounds(
  fingerprints: readonly (Fingerprint | undefined)[],
  matters: (a: number, b: number) => boolean = () => true,
): SimilarPair[] {
  const index = indexWords(fingerprints);
  const pairs: SimilarPair[] = [];
  fingerprints.forEach((one, a) => {
    if (one === undefined) return;
    const found = new Map<number, number>();
    for (const [b, distances] of pointedTo(one, a, index, matters)) {
      for (const [distance, hits] of distances) {
        if (hits < LEAST_HITS) continue;
        const similarity = compare(one, fingerprints[b]!, distance);
        if (similarity >= Math.max(LEAST_SIMILARITY, found.get(b) ?? 0)) found.set(b, similarity);
      }
    }
    const sorted = [...found].sort(([b], [c]) => b - c);
    pairs.push(...sorted.map(([b, similarity]) => ({ a, b, similarity })));
  });
  return pairs;
}

/** Sorts the words of all sounds by one array of numbers, which hold word and place in 53 bits. */
function indexWords(fingerprints: readonly (Fingerprint | undefined)[]): WordIndex {
  const total = fingerprints.reduce((sum, one) => sum + countActive(one), 0);
  const [soundOf, frameOf] = [new Uint32Array(total), new Uint32Array(total)];
  // A word in the high 32 bits, its place in the low ones: BigUint64Array.sort() compares numbers alone.
  const keys = new BigUint64Array(total);
  const halves = new Uint32Array(keys.buffer);
  let at = 0;
  fingerprints.forEach((one, sound) => {
    one?.words.forEach((word, frame) => {
      if (!one.active[frame]) return;
      soundOf[at] = sound;
      frameOf[at] = frame;
      halves[2 * at] = at;
      halves[2 * at + 1] = word;
      at++;
    });
  });
  keys.sort();
  const places = Uint32Array.from({ length: total }, (_, i) => halves[2 * i]);
  return {
    words: Uint32Array.from({ length: total }, (_, i) => halves[2 * i + 1]),
    sounds: places.map((place) => soundOf[place]),
    frames: places.map((place) => frameOf[place]),
  };
}

function countActive(one: Fingerprint | undefined): number {
  return one?.active.reduce((sum, active) => sum + active, 0) ?? 0;
}

/** How many words sounds after `a` share with it, by sound and by the distance of the words in time. */
function pointedTo(
  one: Fingerprint,
  a: number,
  { words, sounds, frames }: WordIndex,
  matters: (a: number, b: number) => boolean,
): Map<number, Map<number, number>> {
  const hits = new Map<number, Map<number, number>>();
  one.words.forEach((word, frame) => {
    if (!one.active[frame]) return;
    const start = firstOf(words, word);
    if (words[start + MOST_PLACES] === word) return;
    for (let i = start; words[i] === word; i++) {
      const b = sounds[i];
      if (b <= a || !matters(a, b)) continue;
      const distance = frames[i] - frame;
      const distances = hits.get(b) ?? new Map<number, number>();
      hits.set(b, distances.set(distance, (distances.get(distance) ?? 0) + 1));
    }
  });
  return hits;
}

/** The first place of a word in an ascending array that has it. */
function firstOf(words: Uint32Array, word: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (words[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Share of equal bits of the frames in which both sounds are heard; 0 where these are too few. */
function compare(one: Fingerprint, other: Fingerprint, distance: number): number {
  const from = Math.max(0, -distance);
  const to = Math.min(one.words.length, other.words.length - distance);
  let shared = 0;
  let unequal = 0;
  for (let n = from; n < to; n++) {
    if (!one.active[n] || !other.active[n + distance]) continue;
    shared++;
    unequal += countBits(one.words[n] ^ other.words[n + distance]);
  }
  // A sound that is shorter than what two others must share has to be found as a whole.
  const shorter = Math.min(countActive(one), countActive(other));
  const least = Math.max(FEWEST_FRAMES, Math.min(LEAST_FRAMES, Math.floor(0.9 * shorter)));
  return shared < least ? 0 : 1 - unequal / (32 * shared);
}

/** Bits that are set in a 32-bit number (H. S. Warren, Hacker's Delight, 5-1). */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

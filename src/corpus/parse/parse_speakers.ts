import { FlagValueError } from "./flag_value_error.ts";

/** More speakers than any corpus has. */
const MOST = 10000;

/**
 * Reads a comma-separated list of speakers and, where they are numbers, of ranges of them. Which speakers
 * there are is known when the corpus is: any name is allowed.
 *
 * @example
 * ```ts
 * import { parseSpeakers } from "./parse_speakers.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseSpeakers("JK, 08,1001-1003"), ["JK", "08", "1001", "1002", "1003"]);
 * ```
 *
 * @throws {FlagValueError} If a part is empty, or a range that descends or is longer than any corpus.
 */
export function parseSpeakers(text: string): string[] {
  const speakers = text.split(",").flatMap((part) => {
    const name = part.trim();
    const range = /^(\d{1,9})-(\d{1,9})$/.exec(name);
    const [first, last] = [Number(range?.[1]), Number(range?.[2])];
    if (name === "" || first > last || last - first >= MOST) {
      throw new FlagValueError(
        name,
        "a speaker",
        "names of speakers, or ranges of numbers such as 1-4, separated by commas",
      );
    }
    if (!range) return [name];
    return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
  });
  return [...new Set(speakers)];
}

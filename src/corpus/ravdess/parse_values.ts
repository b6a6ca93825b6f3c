import { FlagValueError } from "../parse/flag_value_error.ts";
import {
  ACTOR_COUNT,
  type Channel,
  CHANNELS,
  type Emotion,
  EMOTIONS,
  INTENSITIES,
  type Intensity,
  MODALITIES,
  type Modality,
  type Repetition,
  type Statement,
} from "./fields.ts";

/**
 * Reads a comma-separated list of emotions, by name or by code, into RAVDESS's order.
 *
 * @example
 * ```ts
 * import { parseEmotions } from "./parse_values.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseEmotions("angry,calm"), ["calm", "angry"]);
 * assert.deepEqual(parseEmotions("02,05"), ["calm", "angry"]);
 * ```
 *
 * @throws {FlagValueError} If a part is neither a name nor a code of an emotion.
 */
export function parseEmotions(text: string): Emotion[] {
  return parseNames(text, EMOTIONS, "an emotion");
}

/**
 * Reads a comma-separated list of RAVDESS's modality codes, by name or by code.
 *
 * @throws {FlagValueError} If a part is neither a name nor a code of a modality.
 */
export function parseModalities(text: string): Modality[] {
  return parseNames(text, MODALITIES, "a modality");
}

/**
 * Reads a comma-separated list of vocal channels, by name or by code.
 *
 * @throws {FlagValueError} If a part is neither a name nor a code of a channel.
 */
export function parseChannels(text: string): Channel[] {
  return parseNames(text, CHANNELS, "a vocal channel");
}

/**
 * Reads a comma-separated list of intensities, by name or by code.
 *
 * @throws {FlagValueError} If a part is neither a name nor a code of an intensity.
 */
export function parseIntensities(text: string): Intensity[] {
  return parseNames(text, INTENSITIES, "an intensity");
}

/**
 * Reads a comma-separated list of statement numbers.
 *
 * @throws {FlagValueError} If a part is neither 1 nor 2.
 */
export function parseStatements(text: string): Statement[] {
  return parseNumbers(text, 2, "a statement") as Statement[];
}

/**
 * Reads a comma-separated list of repetition numbers.
 *
 * @throws {FlagValueError} If a part is neither 1 nor 2.
 */
export function parseRepetitions(text: string): Repetition[] {
  return parseNumbers(text, 2, "a repetition") as Repetition[];
}

/**
 * Reads a comma-separated list of actors and ranges of actors, into ascending order.
 *
 * @example
 * ```ts
 * import { parseActors } from "./parse_values.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseActors("5-8,1,02"), [1, 2, 5, 6, 7, 8]);
 * ```
 *
 * @throws {FlagValueError} If a part is not a number from 1 to 24 or an ascending range of them.
 */
export function parseActors(text: string): number[] {
  return parseNumbers(text, ACTOR_COUNT, "an actor");
}

/** The parts of a list; an empty part stays, so that the caller refuses `calm,,angry`. */
function parts(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

function parseNames<T extends string>(text: string, names: readonly T[], what: string): T[] {
  const wanted = new Set(
    parts(text).map((part) => {
      const byCode = /^0?\d$/.test(part) ? names[Number(part) - 1] : undefined;
      const found = byCode ?? names.find((name) => name === part.toLowerCase());
      if (found === undefined) {
        throw new FlagValueError(
          part,
          what,
          `${names.join(", ")}, or the codes 01 to 0${names.length}, separated by commas`,
        );
      }
      return found;
    }),
  );
  return names.filter((name) => wanted.has(name));
}

function parseNumbers(text: string, most: number, what: string): number[] {
  const wanted = new Set<number>();
  for (const part of parts(text)) {
    const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (match === null || first < 1 || last > most || first > last) {
      throw new FlagValueError(
        part,
        what,
        `numbers from 1 to ${most}, or ranges such as 1-${Math.min(most, 4)}, separated by commas`,
      );
    }
    for (let n = first; n <= last; n++) wanted.add(n);
  }
  return [...wanted].sort((a, b) => a - b);
}

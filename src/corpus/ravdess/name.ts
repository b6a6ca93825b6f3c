import {
  CHANNELS,
  EMOTIONS,
  FIELD_VALUES,
  INTENSITIES,
  MODALITIES,
  type RavdessField,
  type RavdessName,
  type Repetition,
  type Statement,
} from "./fields.ts";

export type {
  Channel,
  Emotion,
  Intensity,
  Modality,
  RavdessField,
  RavdessName,
  Repetition,
  Statement,
} from "./fields.ts";

const SHAPE = 'seven two-digit fields such as "01-01-05-01-02-01-12.mp4"';

/** A file name that is not one of RAVDESS's; the message says which field is wrong and what is allowed. */
export class RavdessNameError extends Error {
  /** The error's class, for logs. */
  override readonly name = "RavdessNameError";
  /** The file as it was given. */
  readonly file: string;
  /** The field that is wrong, or `name` when the name as a whole has not the shape of one. */
  readonly field: RavdessField | "name";
  /** What is wrong and what is allowed, without the file's name. */
  readonly reason: string;

  /** Builds the message `file: reason`. */
  constructor(file: string, field: RavdessField | "name", reason: string) {
    super(`${file}: ${reason}`);
    this.file = file;
    this.field = field;
    this.reason = reason;
  }
}

function twoDigits(n: number): string {
  return String(n).padStart(2, "0");
}

function allowed(names: readonly string[]): string {
  if (names.length > 8) return `01 to ${twoDigits(names.length)}`;
  return names.map((name, i) => `${twoDigits(i + 1)} ${name}`).join(", ");
}

/**
 * Reads RAVDESS's seven-field file name. Folders before the name and one extension after it are
 * ignored: `Actor_12/01-01-05-01-02-01-12.mp4`.
 *
 * Neutral speech with strong intensity is refused: RAVDESS's naming rule excludes it, so such a name
 * is a mislabelled file. Combinations that the rule permits but the published set happens not to
 * contain (sung disgust, say) are accepted, so that one's own recordings can be named the same way.
 *
 * @example
 * ```ts
 * import { parseRavdessName } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * const name = parseRavdessName("Actor_12/01-01-05-02-01-02-12.mp4");
 * assert.equal(name.emotion, "angry");
 * assert.equal(name.actor, 12);
 * ```
 *
 * @throws {RavdessNameError} If a field is missing, is not a known code, or neutral is strong.
 */
export function parseRavdessName(file: string): RavdessName {
  const stem = file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
  const codes = stem.split("-");
  if (codes.length !== FIELD_VALUES.length) {
    throw new RavdessNameError(
      file,
      "name",
      `a RAVDESS name has ${SHAPE}; this one has ${codes.length}`,
    );
  }
  const [modality, channel, emotion, intensity, statement, repetition, actor] = codes.map(
    (code, i) => {
      const { field, names } = FIELD_VALUES[i];
      const index = /^\d\d$/.test(code) ? Number(code) : 0;
      if (index < 1 || index > names.length) {
        throw new RavdessNameError(
          file,
          field,
          `${field} (field ${i + 1}) is "${code}"; allowed: ${allowed(names)}`,
        );
      }
      return index;
    },
  );
  const name: RavdessName = {
    modality: MODALITIES[modality - 1],
    channel: CHANNELS[channel - 1],
    emotion: EMOTIONS[emotion - 1],
    intensity: INTENSITIES[intensity - 1],
    statement: statement as Statement,
    repetition: repetition as Repetition,
    actor,
  };
  refuseStrongNeutral(name, file);
  return name;
}

/**
 * Writes the seven-field file name, without folder: the inverse of {@linkcode parseRavdessName}.
 *
 * @example
 * ```ts
 * import { formatRavdessName, parseRavdessName } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * const name = parseRavdessName("02-01-02-01-01-01-01.mp4");
 * assert.equal(formatRavdessName(name, ".mp4"), "02-01-02-01-01-01-01.mp4");
 * ```
 *
 * @param name The seven fields.
 * @param extension What to append, with its dot. Default: nothing.
 * @throws {RavdessNameError} If a field has a value that RAVDESS does not know, or neutral is strong.
 */
export function formatRavdessName(name: RavdessName, extension = ""): string {
  const indices = [
    MODALITIES.indexOf(name.modality) + 1,
    CHANNELS.indexOf(name.channel) + 1,
    EMOTIONS.indexOf(name.emotion) + 1,
    INTENSITIES.indexOf(name.intensity) + 1,
    name.statement,
    name.repetition,
    name.actor,
  ];
  const file = indices.map(twoDigits).join("-") + extension;
  indices.forEach((index, i) => {
    const { field, names } = FIELD_VALUES[i];
    if (!Number.isInteger(index) || index < 1 || index > names.length) {
      throw new RavdessNameError(
        file,
        field,
        `${field} (field ${i + 1}) is ${JSON.stringify(name[field])}; allowed: ${allowed(names)}`,
      );
    }
  });
  refuseStrongNeutral(name, file);
  return file;
}

/**
 * Names the performance that a clip records: the file name without its modality field. The `01-`,
 * `02-` and `03-` files of one take share it, so that a split can keep them on one side.
 *
 * @example
 * ```ts
 * import { parseRavdessName, performanceId } from "./name.ts";
 * import assert from "node:assert/strict";
 *
 * const withSound = parseRavdessName("01-01-05-02-01-02-12.mp4");
 * const silentTwin = parseRavdessName("02-01-05-02-01-02-12.mp4");
 * assert.equal(performanceId(withSound), "01-05-02-01-02-12");
 * assert.equal(performanceId(withSound), performanceId(silentTwin));
 * ```
 *
 * @throws {RavdessNameError} If a field has a value that RAVDESS does not know.
 */
export function performanceId(name: RavdessName): string {
  return formatRavdessName(name).slice(3);
}

function refuseStrongNeutral(name: RavdessName, file: string): void {
  if (name.emotion === "neutral" && name.intensity === "strong") {
    throw new RavdessNameError(
      file,
      "intensity",
      'intensity (field 4) is "02" strong, which neutral does not have; allowed for neutral: 01 normal',
    );
  }
}

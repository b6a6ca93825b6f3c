import { InputError } from "../input_error.ts";
import type { UsedModality } from "../prediction.ts";
import { type EnrolledModality, type Enrolment, ENROLMENT_SCHEMA } from "./enrolment.ts";

/** What an enrolment has to fit. */
export interface EnrolmentFit {
  /** SHA-256 that the bundle states of itself. */
  readonly bundle: string;
  /** Numbers of each modality that a speaker is known by; none of a modality that the bundle does not know. */
  readonly sizes: Readonly<Partial<Record<UsedModality, number>>>;
}

/** Means further from the training set's than this, in deviations, are of no person. */
const MOST_DEVIATIONS = 1e6;

const MODALITIES: readonly UsedModality[] = ["audio", "video"];

/**
 * Checks what is said to be an enrolment, and gives it as one.
 *
 * @throws {InputError} If it is none, of another version, of another bundle, or its numbers are impossible.
 */
export function checkEnrolment(value: unknown, { bundle, sizes }: EnrolmentFit): Enrolment {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError("the enrolment is not an object");
  }
  const given = value as Record<string, unknown>;
  if (given.schema !== ENROLMENT_SCHEMA) {
    throw new InputError(
      `the enrolment has the layout ${shown(given.schema)} and this Emofuse reads ` +
        `"${ENROLMENT_SCHEMA}": enrol anew`,
    );
  }
  if (given.bundle !== bundle) {
    throw new InputError(
      `the enrolment is of the bundle ${
        shown(given.bundle)
      } and this one is "${bundle}": enrol anew`,
    );
  }
  const known = MODALITIES.filter((modality) => given[modality] !== undefined);
  if (known.length === 0) throw new InputError("the enrolment knows neither a voice nor a face");
  const checked = known.map((modality) =>
    [modality, checkModality(modality, given[modality], sizes[modality])] as const
  );
  return { schema: ENROLMENT_SCHEMA, bundle, ...Object.fromEntries(checked) };
}

function checkModality(
  name: UsedModality,
  value: unknown,
  size: number | undefined,
): EnrolledModality {
  const { clips, mean } = (value ?? {}) as Record<string, unknown>;
  if (size === undefined) {
    throw new InputError(`the enrolment has ${name}, which this bundle does not know`);
  }
  if (!Number.isSafeInteger(clips) || (clips as number) < 1) {
    throw new InputError(
      `the enrolment's ${name}.clips is ${shown(clips)}; allowed: a whole number of at least 1`,
    );
  }
  if (!Array.isArray(mean) || mean.length !== size) {
    throw new InputError(`the enrolment's ${name}.mean must be a list of ${size} numbers`);
  }
  const bad = mean.findIndex((number) =>
    !(typeof number === "number" && Math.abs(number) <= MOST_DEVIATIONS)
  );
  if (bad >= 0) {
    throw new InputError(`the enrolment's ${name}.mean[${bad}] is ${shown(mean[bad])}, no mean`);
  }
  return { clips: clips as number, mean: mean as number[] };
}

function shown(value: unknown): string {
  return `${JSON.stringify(value)}`.slice(0, 80);
}

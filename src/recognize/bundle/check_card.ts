import { withNewNames } from "../../corpus/old_names.ts";
import { RAVDESS_OLD_NAMES } from "../../corpus/ravdess/words.ts";
import { featureSetsOf } from "../../features/registry.ts";
import type { Modality } from "../../modality.ts";
import { BundleError } from "./bundle_error.ts";
import { cardPart } from "./card_part.ts";
import { BUNDLE_DTYPES, CARD_SCHEMA, type ModelCard } from "./model_card.ts";

/** Checks one value; gives what is wrong with it, or nothing. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => typeof value === "string" ? undefined : "must be text";
const number: Check = (value) => Number.isFinite(value) ? undefined : "must be a number";
const positive: Check = (value) =>
  Number.isFinite(value) && (value as number) > 0 ? undefined : "must be a number above 0";
const whole: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? undefined
    : "must be a whole number of at least 0";
const share: Check = (value) =>
  (value as number) >= 0 && (value as number) <= 1 ? undefined : "must be a number from 0 to 1";
const flag: Check = (value) => typeof value === "boolean" ? undefined : "must be true or false";
const anything: Check = () => undefined;
const oneOf = (...names: readonly string[]): Check => (value) =>
  names.includes(value as string) ? undefined : `must be one of ${names.join(", ")}`;
const featuresOf = (modality: Modality): Check => (value) =>
  oneOf(...featureSetsOf(modality).map(({ name }) => name))(value);
const listOf = (check: Check, least = 0): Check => (value) => {
  if (!Array.isArray(value) || value.length < least) return `must be a list of at least ${least}`;
  for (const [i, item] of value.entries()) {
    const wrong = check(item);
    if (wrong) return `[${i}]${/^[.[]/.test(wrong) ? "" : " "}${wrong}`;
  }
};
const orNull = (check: Check): Check => (value) => value === null ? undefined : check(value);
const optional = (check: Check): Check => (value) => value === undefined ? undefined : check(value);
const object = (fields: Readonly<Record<string, Check>>): Check => (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return "must be an object";
  }
  for (const [name, check] of Object.entries(fields)) {
    const wrong = check((value as Record<string, unknown>)[name]);
    if (wrong) return `.${name}${/^[.[]/.test(wrong) ? "" : " "}${wrong}`;
  }
};

/** Of which labels a modality may know some only. */
const ownLabels = optional(listOf(text, 2));
const network = { name: text, weightsSha256: text, licence: text, source: text };
const interval = listOf(number, 2);

const CARD = object({
  name: text,
  emofuse: text,
  labels: listOf(text, 2),
  windowSeconds: positive,
  audio: optional(object({
    features: featuresOf("audio"),
    featureSize: positive,
    sampleRate: positive,
    mfcc: oneOf("librosa", "textbook"),
    model: text,
    labels: ownLabels,
    ear: optional(object(network)),
  })),
  video: optional(object({
    features: featuresOf("video"),
    featureSize: positive,
    model: text,
    labels: ownLabels,
    backbone: object({ ...network, featureSize: positive, channels: positive }),
    detector: object(network),
    mesh: optional(object(network)),
    crop: oneOf("none", "face"),
    width: positive,
    height: positive,
    stretch: positive,
    fps: positive,
    detection: optional(oneOf("always", "changed")),
    frameStep: positive,
    frameFill: oneOf("repeat", "interpolate"),
    kernels: oneOf("winograd", "stock"),
  })),
  landmarks: optional(object({
    features: featuresOf("video"),
    featureSize: positive,
    model: text,
    labels: ownLabels,
    fps: positive,
  })),
  fusion: optional(object({ rule: text, settings: object({}) })),
  dtype: oneOf(...BUNDLE_DTYPES),
  rounding: object({
    samples: whole,
    changed: whole,
    maxDifference: number,
    through: oneOf("features", "clips"),
  }),
  normalisation: text,
  corpus: object({
    name: text,
    synthetic: flag,
    samples: whole,
    clips: whole,
    takes: whole,
    speakers: listOf(text),
    classes: listOf(object({ label: text, samples: whole })),
    sha256: text,
    licence: text,
  }),
  protocol: object({
    name: text,
    folds: whole,
    normalisation: oneOf("train"),
    chance: number,
    rows: listOf(object({
      modality: oneOf("audio", "video", "fused"),
      model: text,
      fusion: text,
      n: whole,
      accuracy: number,
      ci95: interval,
      uar: number,
      uarCi95: orNull(interval),
    })),
  }),
  calibration: optional(listOf(object({
    modality: oneOf("audio", "video", "fused"),
    temperature: positive,
    n: whole,
    eceBefore: number,
    eceAfter: orNull(number),
    surestHalf: number,
  }))),
  minConfidence: optional(share),
  intendedUse: text,
  limits: listOf(text),
  licence: object({ code: text, weights: text }),
  seed: whole,
  schema: anything,
});

/**
 * Checks what is said to be a card, and gives it as one. Cards of older versions get the fields that they
 * lack.
 *
 * @throws {BundleError} If it is of another version, or a field is missing or impossible; the message
 * names the field.
 */
export function checkCard(value: unknown): ModelCard {
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== CARD_SCHEMA) {
    throw new BundleError(
      `the card has the layout ${JSON.stringify(schema)} and this Emofuse reads ` +
        `${JSON.stringify(CARD_SCHEMA)}: update Emofuse, or train the model anew`,
    );
  }
  const complete = withNewFields(value as object);
  const wrong = CARD(complete);
  if (wrong) throw new BundleError(`the card is not valid: ${wrong.replace(/^\./, "")}`);
  const card = complete as ModelCard;
  checkDistinct("labels", card.labels);
  const face = cardPart(card, "video");
  if (!card.audio && !face) {
    throw new BundleError("the card is not valid: it has neither audio nor video nor landmarks");
  }
  if (card.video && card.landmarks) {
    throw new BundleError("the card is not valid: it has both video and landmarks");
  }
  if (card.audio && face && !card.fusion) {
    throw new BundleError("the card is not valid: fusion is missing");
  }
  checkOwnLabels(card);
  return card;
}

function checkDistinct(field: string, labels: readonly string[]): void {
  if (new Set(labels).size < labels.length) {
    throw new BundleError(`the card is not valid: ${field} has ${labels.join(", ")} twice`);
  }
}

/** What a modality knows is of the card's labels, and every one of them is known to a modality. */
function checkOwnLabels(card: ModelCard): void {
  const parts = (["audio", "video", "landmarks"] as const).flatMap((name) => {
    const part = card[name];
    return part ? [{ name, part }] : [];
  });
  for (const { name, part: { labels: own = [] } } of parts) {
    checkDistinct(`${name}.labels`, own);
    const strange = own.find((label) => !card.labels.includes(label));
    if (strange !== undefined) {
      throw new BundleError(
        `the card is not valid: ${name}.labels has ${strange}, which labels lacks`,
      );
    }
  }
  const known = parts.flatMap(({ part }) => part.labels ?? card.labels);
  const unknown = card.labels.find((label) => !known.includes(label));
  if (unknown !== undefined) {
    throw new BundleError(`the card is not valid: no modality knows the label ${unknown}`);
  }
}

/** The corpus of an older card has RAVDESS's names for its fields alone: there was no other corpus. */
function withNewFields(card: { corpus?: unknown }): object {
  const { corpus } = card;
  if (typeof corpus !== "object" || corpus === null) return card;
  const fields = withNewNames(corpus, RAVDESS_OLD_NAMES);
  const classes = Array.isArray(fields.classes)
    ? fields.classes.map((entry) => withNewNames(entry ?? {}, RAVDESS_OLD_NAMES))
    : fields.classes;
  return { ...card, corpus: { ...fields, classes } };
}

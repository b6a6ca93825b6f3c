import { SOUND_RATES } from "../../audio/sound_rates.ts";
import { INPUT_LIMITS } from "../../recognize/check_input.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import { ENROLMENT_SCHEMA } from "../../recognize/enrol/enrolment.ts";
import { MODALITIES, type Modality } from "../../modality.ts";
import { UNCERTAIN } from "../../recognize/sure/uncertain.ts";
import { PROBLEM_TITLES } from "../problem.ts";

/** The JSON Schemas (2020-12) of what the endpoint takes and gives, for a model's own labels. */
export function schemas(card: ModelCard): Readonly<Record<string, unknown>> {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const given = [...card.labels, UNCERTAIN];
  const prediction = {
    label: {
      type: "string",
      enum: given,
      description: `${UNCERTAIN} where the highest probability is below minConfidence.`,
    },
    likeliest: {
      type: "string",
      enum: [...card.labels],
      description: "The label of the highest probability, however low it is.",
    },
    probabilities: ref("Probabilities"),
    modalities: {
      type: "object",
      description: "What each modality says by itself, of the labels that it knows.",
      properties: Object.fromEntries(
        MODALITIES.map((modality) => [modality, ownProbabilities(card, modality)]),
      ),
      additionalProperties: false,
    },
    used: { type: "array", items: { type: "string", enum: ["audio", "video"] } },
    unknown: {
      type: "array",
      items: { type: "string", enum: [...card.labels] },
      description: "Labels that nothing in used knows: 0 because nobody could tell.",
    },
    fallback: { type: "string", description: "What was missing, in one sentence." },
    quality: {
      type: "array",
      items: {
        type: "string",
        enum: [
          "no-face",
          "silence",
          "too-short",
          "several-faces",
          "face-missing",
          "face-tilted",
          "face-doubtful",
        ],
      },
      description:
        "no-face, silence and too-short: why a modality was not used. The others: what " +
        "is wrong with a face that was used; face tells in how many looks.",
    },
    face: ref("Face"),
    warnings: {
      type: "array",
      items: { type: "string" },
      description: "What should be known of the clip although it was used.",
    },
  };
  const required = [
    "label",
    "likeliest",
    "probabilities",
    "modalities",
    "used",
    "quality",
    "warnings",
  ];
  return {
    Probabilities: probabilities(card.labels),
    Prediction: { type: "object", properties: prediction, required, additionalProperties: false },
    TimedPrediction: {
      type: "object",
      properties: {
        ...prediction,
        label: {
          type: "string",
          enum: [...given, ""],
          description: `${UNCERTAIN} where the highest probability is below minConfidence, empty ` +
            "where nothing in the window could be recognised.",
        },
        likeliest: {
          type: "string",
          enum: [...card.labels, ""],
          description: "The label of the highest probability, or empty.",
        },
        start: { type: "number", minimum: 0, description: "Start of the window, in seconds." },
        end: { type: "number", minimum: 0, description: "End of the window, in seconds." },
      },
      required: [...required, "start", "end"],
      additionalProperties: false,
    },
    Face: faceSchema(),
    Clip: clipSchema(),
    Form: formSchema(),
    Enrolment: enrolmentSchema(),
    ModelCard: modelCardSchema(),
    Health: {
      type: "object",
      properties: { status: { const: "ok" } },
      required: ["status"],
      additionalProperties: false,
    },
    Problem: {
      type: "object",
      description: "Problem details, RFC 9457.",
      properties: {
        type: { const: "about:blank" },
        title: { type: "string", enum: Object.values(PROBLEM_TITLES) },
        status: { type: "integer", enum: Object.keys(PROBLEM_TITLES).map(Number) },
        detail: { type: "string" },
      },
      required: ["type", "title", "status", "detail"],
      additionalProperties: false,
    },
  };
}

/** Probabilities of a modality's own labels, where it does not know all. */
function ownProbabilities(card: ModelCard, modality: Modality) {
  const own = card[modality]?.labels;
  return own
    ? probabilities(card.labels.filter((label) => own.includes(label)))
    : { $ref: "#/components/schemas/Probabilities" };
}

function probabilities(labels: readonly string[]) {
  return {
    type: "object",
    description: "Probability of each label; they sum to 1.",
    properties: Object.fromEntries(
      labels.map((label) => [label, { type: "number", minimum: 0, maximum: 1 }]),
    ),
    required: [...labels],
    additionalProperties: false,
  };
}

const base64 = (description: string) => ({
  type: "string",
  contentEncoding: "base64",
  description,
});
const floats = {
  oneOf: [
    { type: "array", items: { type: "number" } },
    base64("32-bit floating-point numbers, little-endian."),
  ],
};
const between = ([minimum, maximum]: readonly [number, number]) => ({
  type: "number",
  minimum,
  maximum,
});
const fps = between(INPUT_LIMITS.fps);
const above0 = { type: "number", exclusiveMinimum: 0 };
const count = { type: "integer", minimum: 1 };

function clipSchema() {
  return {
    type: "object",
    description: "A voice, a face or both.",
    properties: {
      samples: { ...floats, description: "Mono, full scale -1 to 1." },
      sampleRate: between(SOUND_RATES),
      frames: {
        type: "object",
        properties: {
          data: base64("RGB or RGBA bytes [n, height, width, channels]."),
          images: {
            type: "array",
            items: base64("A JPEG or PNG file."),
            description: "In place of data, with fps alone.",
          },
          n: count,
          height: count,
          width: count,
          channels: { enum: [3, 4] },
          fps,
        },
        additionalProperties: false,
      },
      embeddings: {
        type: "object",
        description: "What the model's backbone gives for each frame, computed elsewhere.",
        properties: { data: floats, n: count, fps },
        required: ["data", "fps"],
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}

function faceSchema() {
  const looks = (description: string) => ({ type: "integer", minimum: 0, description });
  return {
    type: "object",
    description: "How often the face was looked for, and in how many looks what was seen.",
    properties: {
      looks: looks("Frames that were looked at, over all windows."),
      found: looks("Looks that show the judged face."),
      several: looks("Looks that show another one of at least a quarter of its size."),
      tilted: looks("Looks in which it lies on its side or is upside down."),
      doubtful: looks("Looks in which it hardly looks like a face."),
    },
    required: ["looks", "found", "several"],
    additionalProperties: false,
  };
}

function formSchema() {
  const file = (description: string) => ({
    type: "string",
    contentMediaType: "application/octet-stream",
    description,
  });
  return {
    type: "object",
    properties: {
      clip: file("Whatever a body may be."),
      audio: file("audio/wav, audio/L16 or audio/pcm."),
      frames: {
        type: "array",
        items: file("JPEG or PNG files in their order, or one video/raw."),
      },
      fps: { type: "string", description: "Frames or rows of embeddings a second." },
      embeddings: file("Rows of 32-bit floating-point numbers, little-endian."),
      enrolment: {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { $ref: "#/components/schemas/Enrolment" },
        description: "What /v1/enrolment answered for the person in the clip.",
      },
    },
    additionalProperties: false,
  };
}

function enrolmentSchema() {
  const modality = (description: string) => ({
    type: "object",
    description,
    properties: { clips: count, mean: { type: "array", items: { type: "number" } } },
    required: ["clips", "mean"],
    additionalProperties: false,
  });
  return {
    type: "object",
    description: "What is known of a person; of use to the model that made it alone.",
    properties: {
      schema: { const: ENROLMENT_SCHEMA },
      bundle: { type: "string", description: "SHA-256 that the model's bundle states of itself." },
      audio: modality("The voice."),
      video: modality("The face."),
    },
    required: ["schema", "bundle"],
    additionalProperties: false,
  };
}

function modelCardSchema() {
  const text = { type: "string" };
  return {
    type: "object",
    description: "What the model is, was trained on, how well it does and what it must not do.",
    properties: {
      schema: text,
      name: text,
      labels: { type: "array", items: text },
      windowSeconds: above0,
      intendedUse: text,
      limits: { type: "array", items: text },
    },
    required: ["schema", "name", "labels", "windowSeconds", "intendedUse", "limits"],
  };
}

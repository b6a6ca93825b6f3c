import { INPUT_LIMITS } from "../../recognize/check_input.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import { UNCERTAIN } from "../../recognize/sure/uncertain.ts";
import type { ServeLimits } from "../limits.ts";
import { PROBLEM_TITLES, type ProblemStatus } from "../problem.ts";
import { CONTAINER_TYPES } from "../input/type_kind.ts";
import { schemas } from "./schemas.ts";

/** Of every path: a `Host` that is none, another site's page, a name that is not allowed. */
const ACCESS_PROBLEMS: readonly ProblemStatus[] = [400, 403, 421];
const PREDICT_PROBLEMS: readonly ProblemStatus[] = [
  400,
  403,
  408,
  411,
  413,
  415,
  421,
  422,
  429,
  500,
  503,
  504,
];

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string, description: string) => ({
  description,
  content: { "application/json": { schema: ref(name) } },
});
const text = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: { type: "string" } } },
});

function problems(statuses: readonly ProblemStatus[]) {
  return Object.fromEntries(statuses.map((status) => [`${status}`, {
    description: PROBLEM_TITLES[status],
    content: { "application/problem+json": { schema: ref("Problem") } },
    ...(status === 429 || status === 503
      ? {
        headers: {
          "Retry-After": {
            description: "Seconds after which it is worth trying again.",
            required: true,
            schema: { type: "integer", minimum: 1 },
          },
        },
      }
      : {}),
  }]));
}

/**
 * Describes the endpoint as it is: OpenAPI 3.1, with the labels of its model, its limits and the types
 * that it takes.
 *
 * @param containers Whether there is a decoder for containers such as MP4.
 */
export function openApi(card: ModelCard, limits: ServeLimits, containers: boolean) {
  const seconds = (name: "window" | "hop", description: string) => {
    const [minimum, maximum] = INPUT_LIMITS[`${name}Seconds`];
    return {
      name,
      in: "query",
      required: false,
      description,
      schema: { type: "number", minimum, maximum },
    };
  };
  const binary = { schema: { type: "string", contentMediaType: "application/octet-stream" } };
  const types = [
    "audio/wav",
    "audio/L16",
    "audio/pcm",
    "image/jpeg",
    "image/png",
    "video/raw",
    ...(containers ? ["video/*", "audio/*", ...CONTAINER_TYPES, "application/octet-stream"] : []),
  ];
  const requestBody = {
    required: true,
    content: {
      ...Object.fromEntries(types.map((type) => [type, binary])),
      "application/json": { schema: ref("Clip") },
      "multipart/form-data": { schema: ref("Form") },
    },
  };
  return {
    openapi: "3.1.0",
    info: {
      title: `Emofuse: ${card.name}`,
      version: card.emofuse,
      description: `Emotion from a face and a voice. ${card.intendedUse}`,
      license: { name: card.licence.weights },
    },
    servers: [{ url: "/" }],
    paths: {
      "/v1/predict": {
        post: {
          operationId: "predict",
          summary: "Recognise a clip, as a whole or (?stream) window by window",
          description: `At most ${limits.maxBytes} bytes, ${limits.maxSeconds} s, ` +
            `${limits.maxPixels} pixels a frame and ${limits.maxFrames} frames. Bare sound is ` +
            "audio/L16; rate=16000 or audio/pcm; rate=8000; encoding=s16le|f32le, bare frames are " +
            "video/raw; sampling=RGB|RGBA; width=W; height=H; fps=F. JPEG and PNG, WAV and containers " +
            "are told apart by their bytes; other names of these types, such as image/jpg or " +
            "audio/x-wav, are taken too. Pictures are turned as their EXIF orientation says.",
          parameters: [
            {
              name: "stream",
              in: "query",
              required: false,
              allowEmptyValue: true,
              description: "Server-sent events along the clip: prediction (TimedPrediction), " +
                "then end, or problem (Problem).",
              schema: { type: "string", enum: ["", "true", "1"] },
            },
            seconds("window", "Length of the sliding window, in seconds; with stream."),
            seconds("hop", "Time between two windows, in seconds; with stream."),
            {
              name: "minConfidence",
              in: "query",
              required: false,
              description: `The label is ${UNCERTAIN} where the highest probability is below it.`,
              schema: { type: "number", minimum: 0, maximum: 1 },
            },
          ],
          requestBody,
          responses: {
            200: {
              description: "A prediction, or with ?stream one a window.",
              content: {
                "application/json": { schema: ref("Prediction") },
                "text/event-stream": { schema: { type: "string" } },
              },
            },
            ...problems(PREDICT_PROBLEMS),
          },
        },
      },
      "/v1/enrolment": {
        post: {
          operationId: "enrol",
          summary: "Get to know a person by a clip without a label",
          description:
            "Answers with what is known of the person, which later requests carry in a form's field " +
            "enrolment: predictions then go by what is particular to that voice and face, and another clip for " +
            "/v1/enrolment adds to it. The server keeps nothing.",
          requestBody,
          responses: {
            200: json("Enrolment", "What is known of the person."),
            ...problems(PREDICT_PROBLEMS),
          },
        },
      },
      "/v1/model": {
        get: {
          operationId: "model",
          summary: "The model's card",
          responses: { 200: json("ModelCard", "The card."), ...problems(ACCESS_PROBLEMS) },
        },
      },
      "/healthz": {
        get: {
          operationId: "health",
          summary: "Whether predictions are taken",
          responses: { 200: json("Health", "They are."), ...problems([...ACCESS_PROBLEMS, 503]) },
        },
      },
      "/metrics": {
        get: {
          operationId: "metrics",
          summary: "Counters for Prometheus",
          responses: {
            200: text("text/plain", "Prometheus's text format 0.0.4."),
            ...problems(ACCESS_PROBLEMS),
          },
        },
      },
    },
    components: { schemas: schemas(card) },
  };
}

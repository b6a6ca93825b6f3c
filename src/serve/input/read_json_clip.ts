import type { ClipInput, FrameInput } from "../../recognize/clip_input.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import type { ServeLimits } from "../limits.ts";
import { Problem } from "../problem.ts";
import { readEmbeddings, readFloat32 } from "./read_embeddings.ts";
import { readPictures, readRawFrames } from "./read_pictures.ts";
import { checkLength, checkRate } from "./read_sound.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a clip written as JSON: the fields of `ClipInput`. Numbers stand as an array, or as a string of
 * base64: of little-endian 32-bit floating point for samples and embeddings, of bytes for frames.
 * Frames may also be `images`, an array of JPEG or PNG files in base64.
 *
 * @example
 * ```ts
 * import { readJsonClip } from "./read_json_clip.ts";
 * import { serveLimits } from "../limits.ts";
 * import type { ModelCard } from "../../recognize/bundle/model_card.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new TextEncoder().encode('{"samples": [0, 0.5], "sampleRate": 8000}');
 * const { samples } = readJsonClip(bytes, {} as ModelCard, serveLimits());
 * assert.deepEqual(samples, new Float32Array([0, 0.5]));
 * ```
 *
 * @throws {Problem} 400 if it is not JSON, 413 if the clip is too large or too long, 422 if a field is
 * missing, unknown or wrong.
 */
export function readJsonClip(
  bytes: Uint8Array<ArrayBuffer>,
  card: ModelCard,
  limits: ServeLimits,
): ClipInput {
  checkShape(bytes, limits);
  const clip = fieldsOf(parseJson(bytes), "the clip", [
    "samples",
    "sampleRate",
    "frames",
    "embeddings",
  ]);
  return {
    ...readSamples(clip, limits),
    ...(clip.frames === undefined ? {} : { frames: readFrames(clip.frames, limits) }),
    ...(clip.embeddings === undefined
      ? {}
      : { embeddings: embeddingsOf(clip.embeddings, card, limits) }),
  };
}

/** Most objects and arrays that a clip is written with, and most strings besides pictures. */
const MOST_CONTAINERS = 8, OTHER_STRINGS = 32;
const QUOTE = 0x22, BRACKET = 0x5b, BRACE = 0x7b;

/**
 * Refuses JSON that is no clip before it is parsed: a few megabytes of brackets become gigabytes of
 * arrays, and the end of the process. Base64 has none of the characters that are counted.
 */
function checkShape(bytes: Uint8Array, { maxFrames }: ServeLimits): void {
  let containers = 0, quotes = 0;
  for (const byte of bytes) {
    if (byte === QUOTE) quotes++;
    else if (byte === BRACKET || byte === BRACE) containers++;
  }
  if (containers > MOST_CONTAINERS || quotes > 2 * (maxFrames + OTHER_STRINGS)) {
    throw new Problem(422, "the JSON holds more objects, arrays or strings than any clip");
  }
}

function parseJson(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Problem(400, "the body is not JSON in UTF-8", { cause: error });
  }
}

function readSamples(clip: Fields, limits: ServeLimits): ClipInput {
  if (clip.samples === undefined) return {};
  const sampleRate = numberOf(clip, "sampleRate");
  checkRate(sampleRate);
  if (Array.isArray(clip.samples)) checkLength(clip.samples.length / sampleRate, limits);
  const samples = numbersOf(clip.samples, "samples");
  checkLength(samples.length / sampleRate, limits);
  return { samples, sampleRate };
}

function readFrames(value: unknown, limits: ServeLimits): FrameInput {
  const frames = fieldsOf(value, "frames", [
    "data",
    "images",
    "n",
    "height",
    "width",
    "channels",
    "fps",
  ]);
  if (frames.images !== undefined) {
    const { images } = frames;
    if (!Array.isArray(images) || images.length === 0) {
      throw new Problem(422, "frames.images has to be an array of base64 strings");
    }
    if (images.length > limits.maxFrames) {
      throw new Problem(413, `the clip has ${images.length} frames; allowed: ${limits.maxFrames}`);
    }
    const parts = images.map((image) => ({
      name: "frames",
      type: "",
      parameters: {},
      bytes: base64(image, "frames.images"),
    }));
    return readPictures(
      parts,
      frames.fps === undefined ? undefined : numberOf(frames, "fps"),
      limits,
    );
  }
  const { channels = 3 } = frames;
  if (channels !== 3 && channels !== 4) throw new Problem(422, "frames.channels is 3 or 4");
  const parameters = {
    sampling: channels === 3 ? "RGB" : "RGBA",
    ...Object.fromEntries(["width", "height", "fps"].map((name) => [
      name,
      `${numberOf(frames, name)}`,
    ])),
  };
  const bytes = base64(frames.data, "frames.data");
  const read = readRawFrames({ name: "frames", type: "video/raw", parameters, bytes }, limits);
  if (frames.n !== undefined && frames.n !== read.n) {
    throw new Problem(422, `frames.n is ${frames.n}, but frames.data holds ${read.n} frames`);
  }
  return read;
}

function embeddingsOf(value: unknown, card: ModelCard, limits: ServeLimits) {
  const fields = fieldsOf(value, "embeddings", ["data", "n", "fps"]);
  const data = numbersOf(fields.data, "embeddings.data");
  const read = readEmbeddings(data, numberOf(fields, "fps"), card, limits);
  if (fields.n !== undefined && fields.n !== read.n) {
    throw new Problem(422, `embeddings.n is ${fields.n}, but embeddings.data holds ${read.n} rows`);
  }
  return read;
}

function fieldsOf(value: unknown, what: string, names: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Problem(422, `${what} has to be a JSON object`);
  }
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Problem(
      422,
      `${what} has a field ${JSON.stringify(unknown.slice(0, 40))}; allowed: ${names.join(", ")}`,
    );
  }
  return value as Fields;
}

function numberOf(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !(value > 0)) {
    throw new Problem(422, `${name} has to be a number above 0`);
  }
  return value;
}

function numbersOf(value: unknown, what: string): Float32Array {
  if (typeof value === "string") return readFloat32(base64(value, what));
  if (!Array.isArray(value) || value.some((number) => typeof number !== "number")) {
    throw new Problem(422, `${what} has to be an array of numbers or a base64 string`);
  }
  return Float32Array.from(value);
}

function base64(value: unknown, what: string): Uint8Array<ArrayBuffer> {
  if (typeof value !== "string") throw new Problem(422, `${what} has to be a base64 string`);
  let text: string;
  try {
    text = atob(value);
  } catch (error) {
    throw new Problem(422, `${what} is not base64`, { cause: error });
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

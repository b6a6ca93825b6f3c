import type { ClipInput } from "../../recognize/clip_input.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import type { ServeLimits } from "../limits.ts";
import { Problem } from "../problem.ts";
import type { Upload, UploadPart } from "../upload.ts";
import { checkFps } from "./frame_size.ts";
import { readEmbeddings, readFloat32 } from "./read_embeddings.ts";
import { readJsonClip } from "./read_json_clip.ts";
import { readPictures, readRawFrames } from "./read_pictures.ts";
import { readPcm, readWav, wavNeedsDecoder } from "./read_sound.ts";
import { sniff } from "./sniff.ts";
import type { PartKind } from "./type_kind.ts";

/** The fields of a form. */
const FIELDS = ["clip", "audio", "frames", "fps", "embeddings"];
const TYPES = "WAV, audio/L16, audio/pcm, JPEG, PNG, video/raw, application/json";

/**
 * The part of an upload that needs a decoder: a container such as MP4, or a compressed .wav. Undefined
 * where there is none.
 *
 * @throws {Problem} 415 for a type that is not taken, 422 if more than one clip was sent.
 */
export function containerPart(upload: Upload): UploadPart | undefined {
  const found = upload.parts.find((part) => {
    const kind = kindOf(part);
    return kind === "container" || (kind === "wav" && wavNeedsDecoder(part));
  });
  if (found !== undefined && upload.parts.length > 1) {
    throw new Problem(422, "beside a clip that holds both picture and sound nothing may be sent");
  }
  return found;
}

/**
 * Reads an upload that needs no decoder: a body, or a form of `clip`, `audio`, `frames` (once as
 * `video/raw`, or as often as there are pictures), `fps` and `embeddings`.
 *
 * @throws {Problem} 400 for broken JSON, 413 if the clip is too large or too long, 415 for a type that is
 * not taken here, 422 for what is damaged or does not fit together.
 */
export function readClip(upload: Upload, card: ModelCard, limits: ServeLimits): ClipInput {
  const { parts } = upload;
  const unknown = parts.find(({ name }) => !FIELDS.includes(name));
  if (unknown !== undefined) {
    throw new Problem(
      422,
      `the form has a field ${JSON.stringify(unknown.name.slice(0, 40))}; allowed: ` +
        [...FIELDS, "enrolment"].join(", "),
    );
  }
  const only = (field: string): UploadPart | undefined => {
    const [first, second] = parts.filter(({ name }) => name === field);
    if (second !== undefined) throw new Problem(422, `the form has ${field} more than once`);
    return first;
  };
  const clip = only("clip");
  const audio = only("audio");
  const embeddings = only("embeddings");
  const frames = parts.filter(({ name }) => name === "frames");
  const fps = readFps(only("fps"));
  const read: ClipInput = {
    ...(clip ? readOne(clip, fps, card, limits) : {}),
    ...(audio ? readAudio(audio, limits) : {}),
    ...(frames.length > 0 ? { frames: readFrameParts(frames, fps, limits) } : {}),
    ...(embeddings
      ? { embeddings: readEmbeddings(readFloat32(embeddings.bytes), need(fps), card, limits) }
      : {}),
  };
  if (read.samples === undefined && !read.frames && !read.embeddings) {
    throw new Problem(422, "the clip has neither sound nor picture");
  }
  const given = [clip, audio, embeddings, frames[0]].filter((part) => part !== undefined).length;
  const tracks = [read.samples, read.frames, read.embeddings].filter((track) => track).length;
  if (given > tracks) {
    throw new Problem(422, "the form gives the sound or the picture twice");
  }
  return read;
}

function readOne(
  part: UploadPart,
  fps: number | undefined,
  card: ModelCard,
  limits: ServeLimits,
): ClipInput {
  const kind = kindOf(part);
  if (kind === "wav" || kind === "pcm") return readAudio(part, limits);
  if (kind === "json") return readJsonClip(part.bytes, card, limits);
  if (kind === "jpeg" || kind === "png" || kind === "raw-frames") {
    return { frames: readFrameParts([part], fps, limits) };
  }
  throw new Problem(
    415,
    `${part.type || "this kind of clip"} is not taken here; allowed: ${TYPES}`,
  );
}

function readAudio(part: UploadPart, limits: ServeLimits): ClipInput {
  const kind = kindOf(part);
  if (kind === "wav") return readWav(part, limits);
  if (kind === "pcm") return readPcm(part, limits);
  throw new Problem(415, "the sound is neither WAV nor audio/L16 nor audio/pcm");
}

function readFrameParts(
  parts: readonly UploadPart[],
  fps: number | undefined,
  limits: ServeLimits,
) {
  if (kindOf(parts[0]) !== "raw-frames") return readPictures(parts, fps, limits);
  if (parts.length > 1) throw new Problem(422, "video/raw has to be one part with all frames");
  return readRawFrames(parts[0], limits);
}

function readFps(part: UploadPart | undefined): number | undefined {
  if (part === undefined) return undefined;
  const text = String.fromCharCode(...part.bytes.subarray(0, 20));
  const fps = text.trim() === "" ? NaN : Number(text);
  checkFps(fps);
  return fps;
}

function need(fps: number | undefined): number {
  if (fps !== undefined) return fps;
  throw new Problem(422, "fps is missing: how many rows of embeddings there are for a second");
}

function kindOf(part: UploadPart): PartKind {
  const kind = sniff(part);
  if (kind === undefined) throw notTaken(part.type);
  return kind;
}

/** The problem of a type that no server takes. */
export function notTaken(type: string): Problem {
  // What curl says of --data-binary by itself.
  const hint = type === "application/x-www-form-urlencoded"
    ? "; give the clip's own type, as with curl -H 'Content-Type: video/mp4'"
    : "";
  return new Problem(
    415,
    `${type} is not taken; allowed: ${TYPES}, and where there is a decoder, video/* and audio/*` +
      hint,
  );
}

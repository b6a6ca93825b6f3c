/** What a part holds, as far as its media type and its first bytes say. */
export type PartKind =
  | "wav"
  | "pcm"
  | "jpeg"
  | "png"
  | "raw-frames"
  | "json"
  | "text"
  | "float32"
  | "container";

const TYPES: Readonly<Record<string, PartKind>> = {
  "audio/wav": "wav",
  "audio/wave": "wav",
  "audio/x-wav": "wav",
  "audio/x-pn-wav": "wav",
  "audio/vnd.wave": "wav",
  "audio/l16": "pcm",
  "audio/pcm": "pcm",
  "image/jpeg": "jpeg",
  "image/jpg": "jpeg",
  "image/pjpeg": "jpeg",
  "image/png": "png",
  "image/x-png": "png",
  "video/raw": "raw-frames",
  "application/json": "json",
  "text/plain": "text",
};

/** Containers of picture and sound that are called neither `audio/` nor `video/`. */
export const CONTAINER_TYPES: readonly string[] = [
  "application/mp4",
  "application/ogg",
  "application/x-matroska",
];

/**
 * What a media type says of a part: `unknown` where only its bytes can tell, undefined for a type that is
 * not taken.
 *
 * @example
 * ```ts
 * import { typeKind } from "./type_kind.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(typeKind("image/jpg"), "jpeg");
 * assert.equal(typeKind("video/quicktime"), "container");
 * assert.equal(typeKind("application/octet-stream"), "unknown");
 * assert.equal(typeKind("image/heic"), undefined);
 * ```
 */
export function typeKind(type: string): PartKind | "unknown" | undefined {
  if (type === "" || type === "application/octet-stream") return "unknown";
  if (Object.hasOwn(TYPES, type)) return TYPES[type];
  const isContainer = /^(?:audio|video)\//.test(type) || CONTAINER_TYPES.includes(type);
  return isContainer ? "container" : undefined;
}

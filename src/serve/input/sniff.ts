import type { UploadPart } from "../upload.ts";

/** What a part holds, as far as its type and its first bytes say. */
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
  "audio/vnd.wave": "wav",
  "audio/l16": "pcm",
  "audio/pcm": "pcm",
  "image/jpeg": "jpeg",
  "image/png": "png",
  "video/raw": "raw-frames",
  "application/json": "json",
  "text/plain": "text",
  "application/ogg": "container",
};

/**
 * What a part holds: by its media type where that says something, else by its first bytes. Undefined
 * for a type that is not taken.
 *
 * @example
 * ```ts
 * import { sniff } from "./sniff.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
 * assert.equal(sniff({ name: "clip", type: "", parameters: {}, bytes }), "jpeg");
 * assert.equal(sniff({ name: "clip", type: "text/html", parameters: {}, bytes }), undefined);
 * ```
 */
export function sniff({ name, type, bytes }: UploadPart): PartKind | undefined {
  if (Object.hasOwn(TYPES, type)) return TYPES[type];
  if (type.startsWith("audio/") || type.startsWith("video/")) return "container";
  if (type !== "" && type !== "application/octet-stream") return undefined;
  if (name === "embeddings") return "float32";
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (/^RIFF....WAVE/s.test(head)) return "wav";
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  // A form's plain fields come without a type.
  return type === "" && name !== "clip" ? "text" : "container";
}

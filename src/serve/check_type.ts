import { notTaken } from "./input/read_clip.ts";
import { typeKind } from "./input/type_kind.ts";
import { mediaType } from "./media_type.ts";
import { isForm } from "./parse_upload.ts";
import { Problem } from "./problem.ts";

/**
 * Refuses a body for its `Content-Type` alone, before any of it is read.
 *
 * @param hasDecoder Whether there is a decoder for containers such as MP4.
 * @throws {Problem} 415 if bodies of this type are never taken.
 *
 * @example
 * ```ts
 * import { checkType } from "./check_type.ts";
 * import assert from "node:assert/strict";
 *
 * checkType("image/jpeg", false);
 * assert.throws(() => checkType("video/mp4", false), { status: 415 });
 * ```
 */
export function checkType(contentType: string | null, hasDecoder: boolean): void {
  const { type } = mediaType(contentType);
  if (isForm(type)) return;
  const kind = typeKind(type);
  // Text is a field of a form, never a clip.
  if (kind === undefined || kind === "text") throw notTaken(type);
  if (kind === "container" && !hasDecoder) throw noDecoder(type);
}

/** The problem of a container where there is no decoder. */
export function noDecoder(type: string): Problem {
  return new Problem(
    415,
    `${
      type || "this kind of clip"
    } needs a decoder, which this server does not have; allowed: WAV or ` +
      "PCM sound, JPEG, PNG or video/raw frames, JSON",
  );
}

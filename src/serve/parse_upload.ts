import { MultipartParseError, parseMultipart } from "@remix-run/multipart-parser";
import { mediaType } from "./media_type.ts";
import { Problem } from "./problem.ts";
import type { Upload, UploadPart } from "./upload.ts";

/** Most parts of a form besides frames, and most bytes of a part's own header. */
const OTHER_PARTS = 8, MAX_PART_HEADER = 4096;

/**
 * Cuts a body into its parts: those of a multipart form, or the body as the only one, named `clip`.
 *
 * @example
 * ```ts
 * import { parseUpload } from "./parse_upload.ts";
 * import assert from "node:assert/strict";
 *
 * const form = new FormData();
 * form.append("clip", new Blob(["RIFF"], { type: "audio/wav" }), "a.wav");
 * const { headers, body } = new Response(form);
 * const bytes = await new Response(body).bytes();
 * const { parts } = parseUpload(headers.get("content-type"), bytes, { maxFrames: 10 });
 * assert.equal(parts[0].name, "clip");
 * assert.equal(parts[0].type, "audio/wav");
 * assert.equal(parts[0].bytes.length, 4);
 * ```
 *
 * @throws {Problem} 400 if the form is broken, 413 if it has too many parts, 415 if its type is none.
 */
export function parseUpload(
  contentType: string | null,
  bytes: Uint8Array<ArrayBuffer>,
  { maxFrames }: { readonly maxFrames: number },
): Upload {
  const { type, parameters } = mediaType(contentType);
  if (!isForm(type)) return { parts: [{ name: "clip", type, parameters, bytes }] };
  const { boundary = "" } = parameters;
  // RFC 2046: at most 70 characters.
  if (boundary === "" || boundary.length > 70) {
    throw new Problem(400, "multipart/form-data needs a boundary of 1 to 70 characters");
  }
  const maxParts = maxFrames + OTHER_PARTS;
  const parts: UploadPart[] = [];
  try {
    const found = parseMultipart(bytes, {
      boundary,
      maxHeaderSize: MAX_PART_HEADER,
      maxFileSize: bytes.length,
      maxTotalSize: bytes.length,
      // One more than allowed: counted here, so that it is not taken for a broken form.
      maxParts: maxParts + 1,
    });
    for (const part of found) {
      if (parts.length === maxParts) throw new Problem(413, `the form has over ${maxParts} parts`);
      if (part.name === undefined) throw new Problem(400, "a part of the form has no name");
      const content = part.content.length === 1 ? part.content[0] : part.bytes;
      parts.push({
        name: part.name,
        ...mediaType(part.headers["content-type"]),
        bytes: content as Uint8Array<ArrayBuffer>,
      });
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    // A header that is not UTF-8 ends in the decoder's TypeError.
    if (error instanceof MultipartParseError || error instanceof TypeError) {
      throw new Problem(400, `the form is broken: ${error.message}`, { cause: error });
    }
    throw error;
  }
  if (parts.length === 0) throw new Problem(400, "the form has no part");
  return { parts };
}

/**
 * Whether bodies of this type are forms.
 *
 * @throws {Problem} 415 if they consist of parts, but not as a form does.
 */
export function isForm(type: string): boolean {
  if (type === "multipart/form-data") return true;
  if (!type.startsWith("multipart/")) return false;
  throw new Problem(415, `${type} is not taken; allowed: multipart/form-data`);
}

import { isWav } from "../../media/sound/parse_wav.ts";
import type { UploadPart } from "../upload.ts";
import { type PartKind, typeKind } from "./type_kind.ts";

/** How files of a kind begin; a dot is any byte. What has no such beginning is what its type says. */
const BEGINNINGS: readonly (readonly [PartKind, ...string[]])[] = [
  ["jpeg", "\xff\xd8\xff"],
  ["png", "\x89PNG\r\n\x1a\n"],
  // MP4 and its kin, Matroska and WebM, Ogg, FLAC, AIFF, CAF, AMR, AVI.
  [
    "container",
    "....ftyp",
    "\x1aE\xdf\xa3",
    "OggS",
    "fLaC",
    "FORM....AIF",
    "caff",
    "#!AMR",
    "RIFF....AVI ",
  ],
  // MP3 with tags; frames of MP3 and of AAC.
  ["container", "ID3", "\xff\xfb", "\xff\xfa", "\xff\xf3", "\xff\xf2", "\xff\xf1", "\xff\xf9"],
];

/** Kinds that are told apart by their bytes: phones and servers often mix up their names. */
const ALIKE: readonly (readonly PartKind[])[] = [["jpeg", "png"], ["wav", "container"]];

/**
 * What a part holds. Its media type says whether it is a picture, something that sounds, or bare numbers;
 * which picture and which file of sound, its first bytes do. Undefined for a type that is not taken.
 *
 * @example
 * ```ts
 * import { sniff } from "./sniff.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
 * assert.equal(sniff({ name: "clip", type: "", parameters: {}, bytes }), "jpeg");
 * assert.equal(sniff({ name: "clip", type: "image/png", parameters: {}, bytes }), "jpeg");
 * assert.equal(sniff({ name: "clip", type: "text/html", parameters: {}, bytes }), undefined);
 * ```
 */
export function sniff({ name, type, bytes }: UploadPart): PartKind | undefined {
  const named = typeKind(type);
  if (named === "unknown") {
    if (name === "embeddings") return "float32";
    // A form's plain fields come without a type.
    return beginning(bytes) ?? (type === "" && name !== "clip" ? "text" : "container");
  }
  const alike = ALIKE.find((kinds) => kinds.some((kind) => kind === named));
  const seen = alike && beginning(bytes);
  return seen !== undefined && alike!.includes(seen) ? seen : named;
}

function beginning(bytes: Uint8Array): PartKind | undefined {
  if (isWav(bytes)) return "wav";
  const begins = (pattern: string) =>
    Array.from(pattern).every((character, i) =>
      character === "." || bytes[i] === character.charCodeAt(0)
    );
  return BEGINNINGS.find(([, ...patterns]) => patterns.some(begins))?.[0];
}

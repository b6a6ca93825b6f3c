import { findText } from "./find_text.ts";
import { isMp4, mp4Index } from "./mp4_index.ts";

/** Bytes at the start of a file in which its headers are looked for. */
const HEAD = 2 ** 20;

/** First bytes of files that hold sound alone. */
const SOUND_ALONE = /^(fLaC|ID3|#!AMR|caff|FORM....AIF|RIFF....WAVE)/s;

/** What a file claims to hold. */
export interface ClaimedTracks {
  /** Whether it has a picture track; cover art is none. */
  readonly picture: boolean;
  /** Whether it has a sound track. */
  readonly sound: boolean;
}

/**
 * Which tracks a file claims to hold, whether or not anything at hand can decode them: by the headers of MP4,
 * QuickTime, Matroska, WebM, AVI and of formats for sound alone; undefined for anything else.
 *
 * @example
 * ```ts
 * import { encodeClip } from "../encode_clip.ts";
 * import { claimedTracks } from "./claimed_tracks.ts";
 * import assert from "node:assert/strict";
 *
 * const sound = { samples: new Float32Array(800), sampleRate: 8000 };
 * assert.deepEqual(claimedTracks(await encodeClip(sound, "mp4")), { picture: false, sound: true });
 * assert.equal(claimedTracks(new Uint8Array(100)), undefined);
 * ```
 */
export function claimedTracks(file: Uint8Array): ClaimedTracks | undefined {
  const head = file.subarray(0, HEAD);
  const start = String.fromCharCode(...head.subarray(0, 16));
  if (SOUND_ALONE.test(start)) return { picture: false, sound: true };
  if (isMp4(file)) {
    const index = mp4Index(file);
    // After the name come a version, flags and a number: eight bytes.
    return index && tracks((kind) => follows(index, "hdlr", 12, kind), "vide", "soun");
  }
  if (/^RIFF....AVI /s.test(start)) {
    return tracks((kind) => follows(head, "strh", 8, kind), "vids", "auds");
  }
  if (start.startsWith("\x1a\x45\xdf\xa3")) return tracks((kind) => codec(head, kind), "V_", "A_");
  return undefined;
}

function tracks(has: (kind: string) => boolean, picture: string, sound: string): ClaimedTracks {
  return { picture: has(picture), sound: has(sound) };
}

/** Whether some `name` has a `kind` so many bytes behind its start. */
function follows(bytes: Uint8Array, name: string, distance: number, kind: string): boolean {
  for (let at = findText(bytes, name); at >= 0; at = findText(bytes, name, at + 1)) {
    if (findText(bytes.subarray(at + distance, at + distance + kind.length), kind) === 0) {
      return true;
    }
  }
  return false;
}

/** Whether some CodecID element of Matroska (0x86, then its length) begins with a text. */
function codec(bytes: Uint8Array, text: string): boolean {
  for (let at = findText(bytes, text, 2); at >= 0; at = findText(bytes, text, at + 1)) {
    if (bytes[at - 2] === 0x86 && bytes[at - 1] > 0x80) return true;
  }
  return false;
}

import type { ClipTracks } from "./clip.ts";

/** Extensions of files that hold sound alone. */
const SOUND =
  /\.(wav|flac|mp3|m4a|aac|ogg|oga|opus|wma|aif|aiff|aifc|mka|caf|au|snd|w64|amr|ac3|wv|ape|tta)$/i;

/**
 * What a file should hold, going by its extension, for corpora in whose names nothing says so: somebody
 * is heard, and seen too unless it is a file of sound.
 *
 * @example
 * ```ts
 * import { tracksOf } from "./tracks_of.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(tracksOf("1001_DFA_ANG_XX.flv"), { picture: true, sound: "spoken" });
 * assert.deepEqual(tracksOf("1001_DFA_ANG_XX.wav"), { picture: false, sound: "spoken" });
 * ```
 */
export function tracksOf(file: string): ClipTracks {
  return { picture: !SOUND.test(file), sound: "spoken" };
}

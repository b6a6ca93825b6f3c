import { extname } from "node:path";
import type { ClipTracks } from "../clip.ts";

/** Extensions of files that hold sound alone. */
const SOUND = new Set([
  ...[".wav", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wma", ".aif", ".aiff"],
  ...[".aifc", ".mka", ".caf", ".au", ".snd", ".w64", ".amr", ".ac3", ".wv", ".ape", ".tta"],
]);

/** What a file should hold, going by its extension: a sound file has no picture, any other has both. */
export function tracksOf(file: string): ClipTracks {
  return { picture: !SOUND.has(extname(file).toLowerCase()), sound: "spoken" };
}

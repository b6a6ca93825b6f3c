import { claimedTracks } from "../../../src/media/container/claimed_tracks.ts";
import type { ClipInput } from "../../../src/recognize/clip_input.ts";
import { PageError } from "../page_error.ts";
import { decodePicture } from "./browser_picture.ts";
import { decodeSound } from "./browser_sound.ts";
import { checkLength } from "./check_length.ts";
import type { ForeignClip, ForeignOptions, WantedPicture } from "./foreign_clip.ts";
import { FOREIGN_DECODER, loadPart } from "./load_part.ts";

/** What {@linkcode decodeClip} takes from a file. */
export interface DecodeClipOptions
  extends Pick<ForeignOptions, "maxSeconds" | "onDoing" | "onProgress"> {
  /** The pictures, and how many there are a second; nothing where the model does not look. */
  readonly picture?: WantedPicture;
  /** The rate at which the model listens, in Hz; nothing where it does not. */
  readonly sampleRate?: number;
}

/** A file that is read as a whole: larger ones the browser has to play itself. */
const MOST_BYTES = 2 ** 30;

/**
 * Decodes a clip: with what the browser has, and what it does not know of it with ffmpeg.wasm, which is loaded only
 * then.
 *
 * @throws {PageError} If nothing of it can be decoded that the model uses, it is damaged, or too long.
 */
export async function decodeClip(
  file: File,
  options: DecodeClipOptions,
): Promise<ClipInput & { readonly seconds: number }> {
  const { picture, sampleRate, maxSeconds, onProgress } = options;
  const voice = sampleRate ? await decodeSound(file) : undefined;
  checkLength(voice?.seconds ?? 0, maxSeconds);
  const soundSeconds = voice?.seconds;
  const frames = picture &&
    await decodePicture(file, { picture, soundSeconds, maxSeconds, onProgress });
  const lacks = {
    ...(!frames && { picture }),
    ...(!voice && { sampleRate }),
  };
  const foreign = await decodeRest(file, lacks, options, Boolean(voice ?? frames));
  const found = { ...voice, ...(frames && { frames }), ...foreign };
  if (!found.samples && !found.frames) {
    const wanted = picture ? sampleRate ? "neither picture nor sound" : "no picture" : "no sound";
    throw new PageError(`There is ${wanted} in “${file.name}”.`);
  }
  const seconds = Math.max(
    found.samples ? found.samples.length / found.sampleRate! : 0,
    found.frames ? found.frames.n / found.frames.fps : 0,
  );
  return { ...found, seconds };
}

/**
 * What the browser does not know of a file although it is there.
 *
 * @param hasSome Whether the browser knows something of it: then a failure is no error.
 */
async function decodeRest(
  file: File,
  lacks: Pick<DecodeClipOptions, "picture" | "sampleRate">,
  options: DecodeClipOptions,
  hasSome: boolean,
): Promise<ForeignClip> {
  if (!lacks.picture && !lacks.sampleRate) return {};
  if (file.size > MOST_BYTES) {
    if (hasSome) return {};
    throw new PageError(`This browser cannot play “${file.name}”, and it is larger than 1 GB.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const claims = claimedTracks(bytes) ??
    { picture: !file.type.startsWith("audio/"), sound: true };
  const picture = claims.picture ? lacks.picture : undefined;
  const sampleRate = claims.sound ? lacks.sampleRate : undefined;
  if (!picture && !sampleRate) return {};
  try {
    const { decodeForeign } = await loadPart(FOREIGN_DECODER, () => import("./foreign_clip.ts"));
    return await decodeForeign(file.name, bytes, { ...options, picture, sampleRate });
  } catch (error) {
    if (!hasSome || !(error instanceof PageError)) throw error;
    return { missing: { [sampleRate ? "audio" : "video"]: unended(error.message) } };
  }
}

/** A sentence without its end, for others to go on. */
function unended(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

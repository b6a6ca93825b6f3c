import { join } from "node:path";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import { type DecodeOptions, decodeWindow } from "./decode_options.ts";
import type { Decoder } from "./decoder.ts";
import { encodeClip } from "./encode_clip.ts";
import { padFrames, padSamples } from "./pad.ts";

/** The folder of the picture-only clips, inside the folder given. */
export const VIDEO_FOLDER = "video_only";
/** The folder of the sound-only clips, inside the folder given. */
export const AUDIO_FOLDER = "audio_only";

/**
 * Splits one clip as the tutorial does: `out/video_only/STEM.mp4` gets the picture alone and
 * `out/audio_only/STEM.wav` the sound alone, each exactly as long as the window: shorter clips are
 * padded, the picture with its last frame and the sound with zeros, longer ones are cut. Each file
 * appears whole or not at all; both are written only once both are encoded.
 *
 * @example
 * ```ts
 * import { encodeClip } from "./encode_clip.ts";
 * import { splitClip } from "./split_clip.ts";
 * import { WasmDecoder } from "./wasm_decoder.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.mkdir(`${dir}/audio_only`);
 * const samples = new Float32Array(800).fill(0.5);
 * await Deno.writeFile(`${dir}/a.flac`, await encodeClip({ samples }, "flac"));
 * const decoder = new WasmDecoder();
 * await splitClip(decoder, `${dir}/a.flac`, "a", dir, { picture: false });
 * assert.equal((await decoder.inspect(`${dir}/audio_only/a.wav`)).seconds, 4);
 * await decoder.close();
 * await Deno.remove(dir, { recursive: true });
 * ```
 *
 * @param decoder What decodes the clip.
 * @param path The clip.
 * @param stem Name of the files written, without extension.
 * @param out The folder that holds the two folders, which must exist.
 * @param options The window, and which of picture and sound to write.
 * @returns What should be known of the clip although it was split: a sentence each.
 * @throws {MediaError} If the clip cannot be decoded or lacks a track asked for.
 * @throws {RangeError} If an option is out of range.
 */
export async function splitClip(
  decoder: Decoder,
  path: string,
  stem: string,
  out: string,
  options?: DecodeOptions,
): Promise<readonly string[]> {
  const { width, height, fps, sampleRate, picture, sound } = decodeWindow(options);
  const clip = await decoder.decode(path, options);
  const files: { path: string; bytes: Uint8Array }[] = [];
  if (picture) {
    const frames = padFrames(clip.frames, options);
    const bytes = await encodeClip({ frames, width, height, fps }, "mp4");
    files.push({ path: join(out, VIDEO_FOLDER, `${stem}.mp4`), bytes });
  }
  if (sound) {
    const samples = padSamples(clip.samples, options);
    const bytes = await encodeClip({ samples, sampleRate }, "wav");
    files.push({ path: join(out, AUDIO_FOLDER, `${stem}.wav`), bytes });
  }
  for (const { path, bytes } of files) await writeFileAtomically(path, bytes);
  return clip.warnings;
}

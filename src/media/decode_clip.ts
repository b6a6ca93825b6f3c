import type { ClipTools } from "./clip_tools.ts";
import { type DecodeOptions, decodeWindow } from "./decode_options.ts";
import type { DecodePlan } from "./decode_plan.ts";
import type { DecodedClip } from "./decoder.ts";
import { openClip } from "./open_clip.ts";
import { pictureReader } from "./tracks/picture_track.ts";
import { undecodable } from "./probe.ts";
import { readTracks } from "./tracks/read_tracks.ts";
import { soundReader } from "./tracks/sound_track.ts";
import { summarise } from "./summarise.ts";
import { withProgress } from "./tracks/with_progress.ts";

/**
 * Decodes one clip with the tools of a decoder: all decisions that do not depend on which one.
 *
 * @throws {MediaError} If the file cannot be decoded or is truncated, its sound holds what is no number, or it
 * lacks a track asked for (with `partial`: all of them).
 * @throws {RangeError} If an option is out of range.
 */
export async function decodeClip(
  tools: ClipTools,
  options: DecodeOptions | DecodePlan = {},
): Promise<DecodedClip> {
  if (typeof options === "object") decodeWindow(options);
  const clip = await openClip(tools, false);
  const { probe } = clip;
  const asked = typeof options === "object" ? options : options(probe);
  const window = decodeWindow(asked);
  const { seconds, sampleRate, sampleCount } = window;
  const { onSamples } = asked;
  const runs = asked.onProgress ? withProgress(tools, asked.onProgress) : tools;
  const results = await readTracks(runs, {
    ...(window.picture && { picture: () => pictureReader(tools, probe, window, asked.onFrames) }),
    ...(window.sound && {
      sound: () => soundReader(tools, clip, { sampleRate, seconds, keep: sampleCount, onSamples }),
    }),
  }, undecodable(probe));
  const { picture, sound, problems, warnings } = summarise(tools.path, results, window.partial);
  const { frames, count: frameCount } = picture ?? { frames: new Uint8Array(), count: 0 };
  return {
    frames,
    frameCount,
    width: window.width,
    height: window.height,
    samples: sound?.samples ?? new Float32Array(),
    hasPicture: probe.picture !== undefined,
    hasSound: probe.sounds.length > 0,
    silent: sound?.silent ?? false,
    problems,
    warnings,
  };
}

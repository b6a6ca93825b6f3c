import type { ClipTools } from "./clip_tools.ts";
import type { ClipInfo } from "./decoder.ts";
import { damaged, judgeLength, whyUndecodable } from "./diagnose.ts";
import { MediaError } from "./media_error.ts";
import { openClip } from "./open_clip.ts";
import { type Probe, undecodable } from "./probe.ts";
import { failed, readTracks, type TrackReader } from "./tracks/read_tracks.ts";
import { soundReader } from "./tracks/sound_track.ts";
import { summarise } from "./summarise.ts";

/** Rate at which the sound is listened to. */
const INSPECT_RATE = 8000;

/**
 * Inspects one clip with the tools of a decoder.
 *
 * @throws {MediaError} If the file cannot be read, is truncated, its sound holds what is no number, or it has
 * neither picture nor sound that can be decoded.
 */
export async function inspectClip(tools: ClipTools): Promise<ClipInfo> {
  const clip = await openClip(tools, true);
  const { picture, sounds } = clip.probe;
  if (!picture && sounds.length === 0) {
    throw new MediaError(tools.path, damaged("it holds neither picture nor sound"));
  }
  const except = undecodable(clip.probe);
  // In a run of its own the picture ends with its first frame. Beside the sound, ffmpeg would decode all of it.
  const first = await readTracks(tools, {
    ...(picture && { picture: () => firstFrameReader(tools, clip.probe) }),
  }, except);
  const heard = await readTracks(tools, {
    ...(sounds.length > 0 && {
      sound: () =>
        soundReader(tools, clip, { sampleRate: INSPECT_RATE, seconds: Infinity, keep: 0 }),
    }),
  }, except);
  const seen = summarise(tools.path, { picture: first.picture, sound: heard.sound }, true);
  const broken = Object.values(seen.problems).find((problem) => problem.damaged);
  if (broken) throw new MediaError(tools.path, broken.reason);
  const shown = seen.picture === undefined ? undefined : picture;
  return {
    seconds: seen.sound?.seconds ?? seen.picture ?? 0,
    pictureSeconds: seen.picture ?? 0,
    hasPicture: shown !== undefined,
    hasSound: seen.sound !== undefined,
    silent: seen.sound?.silent ?? false,
    width: shown?.width ?? 0,
    height: shown?.height ?? 0,
    fps: shown?.fps ?? 0,
    problems: seen.problems,
    // What ffmpeg says of both is said once.
    warnings: [...new Set(seen.warnings)],
  };
}

/** Finds out where a picture ends, and whether it can be decoded: by its first frame, made small. */
function firstFrameReader({ decoder }: ClipTools, probe: Probe): TrackReader<number> {
  const picture = probe.picture!;
  if (!picture.decodable) {
    return failed(whyUndecodable("picture", picture, probe.errors, decoder));
  }
  let bytes = 0;
  return {
    outputs: [{
      args: [
        "-map",
        `0:${picture.index}`,
        "-vf",
        "scale=16:16",
        "-frames:v",
        "1",
        "-c:v",
        "rawvideo",
        "-pix_fmt",
        "gray",
        "-f",
        "rawvideo",
      ],
      bytesPerSecond: 16 * 16 * (picture.fps || 1),
      take: (part) => void (bytes += part.length),
    }],
    finish(errors) {
      if (bytes === 0) {
        return {
          problem: whyUndecodable("picture", picture, [...errors, ...probe.errors], decoder),
        };
      }
      // Without an average frame rate (a still picture, a raw stream) the claim has to do.
      const { start, storedFrames, fps, end } = picture;
      const seconds = fps > 0 ? start + storedFrames / fps : end ?? probe.seconds ?? 0;
      const { problem, warning } = judgeLength(
        "picture",
        seconds,
        Infinity,
        { ...probe, end },
        errors,
      );
      return problem ? { problem } : { value: seconds, warnings: warning ? [warning] : [] };
    },
  };
}

import type { ClipTools } from "../clip_tools.ts";
import type { DecodeWindow } from "../decode_options.ts";
import { judgeLength, whyMissing, whyUndecodable } from "../diagnose.ts";
import { displayFilters } from "../display.ts";
import { FrameIntake } from "./frame_intake.ts";
import { FrameRelay, type TakeFrames } from "./frame_relay.ts";
import type { Probe, ProbedPicture } from "../probe.ts";
import { failed, type TrackReader } from "./read_tracks.ts";

/**
 * Scaling is bicubic, which in swscale averages over the source area when it shrinks; `accurate_rnd` and
 * `bitexact` choose the plain C arithmetic, so that every build of ffmpeg gives the same values as the
 * WebAssembly one.
 */
const SCALE_FLAGS = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

/**
 * ffmpeg's filters from a stored picture to RGB frames as they are shown. The frame rate follows ffmpeg's `fps`
 * filter from time 0 on; frames that it leaves out are not converted.
 */
export function pictureFilters(
  { orientation }: ProbedPicture,
  size: Pick<DecodeWindow, "fps" | "width" | "height">,
): string {
  const filters = displayFilters(orientation, size, SCALE_FLAGS);
  return [`fps=${size.fps}:start_time=0`, ...filters].join(",");
}

/** The frames of a picture. */
export interface TakenPicture {
  /** The frames that were gathered. */
  readonly frames: Uint8Array<ArrayBuffer>;
  /** How many there were, gathered or handed on. */
  readonly count: number;
}

/** Prepares to read the window's frames of a clip's picture: to gather them, or to hand them on. */
export function pictureReader(
  { decoder }: ClipTools,
  probe: Probe,
  window: DecodeWindow,
  onFrames?: TakeFrames,
): TrackReader<TakenPicture> {
  const { picture, errors: probed } = probe;
  if (!picture) return failed(whyMissing("picture", probed));
  if (!picture.decodable) return failed(whyUndecodable("picture", picture, probed, decoder));
  const { fps, frameBytes, frameCount, seconds } = window;
  const intake = onFrames
    ? new FrameRelay(frameBytes, frameCount, onFrames)
    : new FrameIntake(frameBytes, frameCount);
  return {
    outputs: [{
      args: [
        "-map",
        `0:${picture.index}`,
        "-vf",
        pictureFilters(picture, window),
        "-frames:v",
        `${frameCount}`,
        "-c:v",
        "rawvideo",
        "-f",
        "rawvideo",
      ],
      bytesPerSecond: fps * frameBytes,
      take: (bytes) => intake.push(bytes),
    }],
    finish(errors) {
      const frames = intake instanceof FrameIntake ? intake.finish() : new Uint8Array();
      const { count } = intake;
      const end = count / fps;
      if (end === 0) {
        return { problem: whyUndecodable("picture", picture, [...errors, ...probed], decoder) };
      }
      const { problem, warning } = judgeLength(
        "picture",
        end,
        seconds,
        { ...probe, end: picture.end },
        errors,
      );
      return problem
        ? { problem }
        : { value: { frames, count }, warnings: warning ? [warning] : [] };
    },
  };
}

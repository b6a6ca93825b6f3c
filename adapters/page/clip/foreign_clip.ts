/**
 * What decodes a clip that the browser cannot play: ffmpeg.wasm in a worker, as Emofuse's own decoder runs it. The
 * page loads this module, and it the core (32 MB), when such a clip comes.
 *
 * @module
 */

import { decodeClip } from "../../../src/media/decode_clip.ts";
import type { DecodeOptions } from "../../../src/media/decode_options.ts";
import { CoreClip } from "../../../src/media/ffmpeg/core_clip.ts";
import { CoreStoppedError, FfmpegCore } from "../../../src/media/ffmpeg/ffmpeg_core.ts";
import { MediaError } from "../../../src/media/media_error.ts";
import type { Probe } from "../../../src/media/probe.ts";
import type { ClipInput } from "../../../src/recognize/clip_input.ts";
import { pictureSize, type PictureUse } from "../../../src/vision/picture_size.ts";
import { PageError } from "../page_error.ts";
import { checkLength } from "./check_length.ts";
import { pageCore } from "./page_core.ts";
import { pageDsp } from "./page_dsp.ts";

/** How a model looks at pictures, and how many a second. */
export type WantedPicture = Required<PictureUse> & { readonly fps: number };

/** What {@linkcode decodeForeign} decodes. */
export interface ForeignOptions {
  /** The pictures; nothing where they are not wanted. */
  readonly picture?: WantedPicture;
  /** Rate of the sound, in Hz; nothing where it is not wanted. */
  readonly sampleRate?: number;
  /** A longer clip is refused, in seconds. */
  readonly maxSeconds: number;
  /** Is told what is done, in words. */
  readonly onDoing: (text: string) => void;
  /** Is told how much of that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** What was decoded, and why something is missing. */
export type ForeignClip = Pick<
  ClipInput,
  "samples" | "sampleRate" | "frames" | "warnings" | "missing"
>;

/** How long ffmpeg may be without headway, in seconds. */
const LIMIT_SECONDS = 60;

/** More than what may be is decoded, in seconds: so it shows that a clip is too long. */
const SLACK_SECONDS = 1;

/**
 * Decodes what is wanted of a clip. Of two tracks one may be missing.
 *
 * @param name What the clip is called.
 * @param bytes The file; it is handed over.
 * @throws {PageError} If the decoder cannot be loaded, the clip is too long or damaged, or nothing that is wanted can
 * be decoded.
 */
export async function decodeForeign(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ForeignOptions,
): Promise<ForeignClip> {
  const { picture, sampleRate, onDoing, onProgress } = options;
  let total = options.maxSeconds;
  let size: ReturnType<typeof pictureSize> | undefined;
  const plan = (probe: Probe): DecodeOptions => {
    checkLength(probe.seconds ?? 0, options.maxSeconds);
    total = probe.seconds ?? total;
    size = picture && pictureSize(picture, probe.picture ?? picture);
    return {
      ...size,
      ...(picture && { fps: picture.fps }),
      ...(sampleRate && { sampleRate }),
      picture: picture !== undefined,
      sound: sampleRate !== undefined,
      partial: true,
      seconds: total + SLACK_SECONDS,
      onProgress: (seconds) => onProgress(Math.min(1, seconds / total)),
    };
  };
  const clip = new CoreClip(name, bytes, {
    decoder: "page",
    limitSeconds: LIMIT_SECONDS,
    async lend() {
      onDoing(`This browser cannot play ${name}: loading a decoder that can …`);
      const core = await FfmpegCore.start(await pageCore(onProgress));
      onDoing(`Decoding ${name} …`);
      return core;
    },
    dsp: pageDsp,
  });
  try {
    const { frames, frameCount: n, samples, problems, warnings } = await decodeClip(clip, plan);
    const broken = Object.values(problems).find(({ damaged }) => damaged);
    if (broken) throw unusable(name, broken.reason);
    if (sampleRate) checkLength(samples.length / sampleRate, options.maxSeconds);
    if (picture) checkLength(n / picture.fps, options.maxSeconds);
    return {
      ...(sampleRate && !problems.sound && { samples, sampleRate }),
      ...(picture && !problems.picture && {
        frames: { data: frames, n, ...size!, fps: picture.fps },
      }),
      warnings,
      missing: {
        ...(problems.sound && { audio: problems.sound.reason }),
        ...(problems.picture && { video: problems.picture.reason }),
      },
    };
  } catch (error) {
    if (error instanceof MediaError) throw unusable(name, error.reason);
    if (error instanceof CoreStoppedError) throw unusable(name, `ffmpeg ${error.message}`);
    throw error;
  } finally {
    // Its memory is only given back with its worker.
    clip.core?.stop("it is no longer needed");
  }
}

function unusable(name: string, reason: string): PageError {
  return new PageError(`Nothing here can decode “${name}”: ${reason}.`);
}

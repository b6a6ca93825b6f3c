import type { DecodeOptions } from "../../src/media/decode_options.ts";
import { MediaError } from "../../src/media/media_error.ts";
import type { Probe } from "../../src/media/probe.ts";
import type { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { ServeLimits } from "../../src/serve/limits.ts";
import { Problem } from "../../src/serve/problem.ts";
import type { DecodeClip } from "../../src/serve/runner.ts";
import { pictureSize } from "../../src/vision/picture_size.ts";

/** Containers and codecs round a clip's length up; so much over the limit is not yet too long. */
const SLACK_SECONDS = 0.1;

/** The most that the decoder takes. */
const MOST_SECONDS = 600;

/**
 * Decodes what is uploaded as the model wants it, with ffmpeg.wasm in its worker without permissions:
 * frames of the size and rate, samples of the rate that it was trained on. Of sound and picture, one may
 * be missing.
 */
export function createDecodeClip(
  decoder: WasmDecoder,
  card: ModelCard,
  limits: ServeLimits,
): DecodeClip {
  return async (bytes, signal) => {
    let plan: Plan | undefined;
    const decide = (probe: Probe) => (plan = planClip(probe, card, limits)).options;
    try {
      const { samples, frames, frameCount: n, problems, warnings } = await decoder.decodeBytes(
        "the clip",
        bytes,
        decide,
        signal,
      );
      const broken = Object.values(problems).find(({ damaged }) => damaged);
      if (broken) throw new Problem(422, `the clip: ${broken.reason}`);
      const { frameSize, sampleRate, maxSeconds } = plan!;
      if (sampleRate) checkSeconds(samples.length / sampleRate, maxSeconds);
      if (frameSize) checkSeconds(n / frameSize.fps, maxSeconds);
      return {
        ...(sampleRate && !problems.sound ? { samples, sampleRate } : {}),
        ...(frameSize && !problems.picture ? { frames: { data: frames, n, ...frameSize } } : {}),
        warnings,
        missing: {
          ...(problems.sound && { audio: problems.sound.reason }),
          ...(problems.picture && { video: problems.picture.reason }),
        },
      };
    } catch (error) {
      if (error instanceof MediaError) throw new Problem(422, error.message, { cause: error });
      throw error;
    }
  };
}

/** What is made of one clip. */
interface Plan {
  readonly options: DecodeOptions;
  readonly maxSeconds: number;
  /** Undefined where the model does not look, or there is nothing to see. */
  readonly frameSize?: { readonly width: number; readonly height: number; readonly fps: number };
  /** Undefined where the model does not listen, or there is nothing to hear. */
  readonly sampleRate?: number;
}

function planClip({ picture, sounds, seconds }: Probe, card: ModelCard, limits: ServeLimits): Plan {
  const { audio, video } = card;
  if (video && picture && picture.width * picture.height > limits.maxPixels) {
    throw new Problem(
      413,
      `the picture has ${picture.width} x ${picture.height} pixels; allowed: ` +
        `${limits.maxPixels} in all`,
    );
  }
  const frameSize = video && picture
    ? { ...pictureSize(video, picture), fps: video.fps }
    : undefined;
  const sampleRate = sounds.length > 0 ? audio?.sampleRate : undefined;
  let maxSeconds = limits.maxSeconds;
  if (frameSize) {
    const { width, height, fps } = frameSize;
    const held = limits.maxDecodedBytes / (width * height * 3 * fps) - 2 * SLACK_SECONDS;
    maxSeconds = Math.min(maxSeconds, limits.maxFrames / fps, held);
  }
  checkSeconds(seconds ?? 0, maxSeconds);
  const common = {
    partial: true,
    // A little beyond the limit: so it shows that a clip is too long.
    seconds: Math.min(maxSeconds + 2 * SLACK_SECONDS, MOST_SECONDS),
    ...frameSize,
    ...(sampleRate === undefined ? {} : { sampleRate }),
  };
  // Where there is neither, what the model wants is asked for: the decoder says best what is missing.
  const nothing = !frameSize && sampleRate === undefined;
  return {
    options: {
      ...common,
      picture: frameSize !== undefined || (nothing && video !== undefined),
      sound: sampleRate !== undefined || (nothing && audio !== undefined),
    },
    maxSeconds,
    frameSize,
    sampleRate,
  };
}

function checkSeconds(seconds: number, maxSeconds: number): void {
  if (seconds <= maxSeconds + SLACK_SECONDS) return;
  throw new Problem(413, `the clip is longer than ${maxSeconds.toFixed(1)} s`);
}

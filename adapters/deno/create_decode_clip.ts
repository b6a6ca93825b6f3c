import type { DecodeOptions } from "../../src/media/decode_options.ts";
import { MediaError } from "../../src/media/media_error.ts";
import type { Probe } from "../../src/media/probe.ts";
import type { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import type { ModelCard } from "../../src/recognize/model_card.ts";
import type { ServeLimits } from "../../src/serve/limits.ts";
import { Problem } from "../../src/serve/problem.ts";
import type { DecodeClip } from "../../src/serve/runner.ts";

/** Containers and codecs round a clip's length up; so much over the limit is not yet too long. */
const SLACK_SECONDS = 0.1;

/**
 * Decodes what is uploaded as the model wants it, with ffmpeg.wasm in its worker without permissions:
 * frames of the size and rate, samples of the rate that it was trained on.
 */
export function createDecodeClip(
  decoder: WasmDecoder,
  card: ModelCard,
  limits: ServeLimits,
): DecodeClip {
  const { audio, video } = card;
  const bytesPerSecond = video ? video.width * video.height * 3 * video.fps : 0;
  const maxSeconds = Math.min(
    limits.maxSeconds,
    video ? limits.maxFrames / video.fps : Infinity,
    video ? limits.maxDecodedBytes / bytesPerSecond - 2 * SLACK_SECONDS : Infinity,
  );
  const options: DecodeOptions = {
    // A little beyond the limit: so it shows that a clip is too long.
    seconds: maxSeconds + 2 * SLACK_SECONDS,
    ...(video ? { width: video.width, height: video.height, fps: video.fps } : { picture: false }),
    ...(audio ? { sampleRate: audio.sampleRate } : { sound: false }),
  };
  const checkSeconds = (seconds: number) => {
    if (seconds <= maxSeconds + SLACK_SECONDS) return;
    throw new Problem(413, `the clip is longer than ${maxSeconds.toFixed(1)} s`);
  };
  const accept = ({ picture, seconds }: Probe) => {
    checkSeconds(seconds ?? 0);
    if (video && picture && picture.width * picture.height > limits.maxPixels) {
      throw new Problem(
        413,
        `the picture has ${picture.width} x ${picture.height} pixels; allowed: ` +
          `${limits.maxPixels} in all`,
      );
    }
  };
  return async (bytes, signal) => {
    try {
      const demands = { optionalTracks: true, accept };
      const clip = await decoder.decodeBytes("the clip", bytes, options, demands, signal);
      const { samples, frames, frameCount } = clip;
      if (audio) checkSeconds(samples.length / audio.sampleRate);
      if (video) checkSeconds(frameCount / video.fps);
      return {
        ...(audio && samples.length > 0 ? { samples, sampleRate: audio.sampleRate } : {}),
        ...(video && frameCount > 0
          ? {
            frames: {
              ...{ data: frames, n: frameCount, channels: 3 },
              ...{ width: video.width, height: video.height, fps: video.fps },
            },
          }
          : {}),
      };
    } catch (error) {
      if (error instanceof MediaError) throw new Problem(422, error.message, { cause: error });
      throw error;
    }
  };
}

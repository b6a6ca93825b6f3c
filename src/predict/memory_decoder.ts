import type { Decoder } from "../media/decoder.ts";
import type { DecodeOptions } from "../media/decode_options.ts";
import { rgbFrames } from "../recognize/check_input.ts";
import type { ClipInput } from "../recognize/clip_input.ts";

/**
 * What stands for a decoder where a clip is decoded already: it gives its frames, thinned to the rate that is asked
 * for, and its sound. It scales, resamples and cuts nothing.
 *
 * @throws {InputError} If the frames are not valid.
 */
export function memoryDecoder({ samples, frames }: ClipInput): Pick<Decoder, "decode"> {
  const rgb = frames && rgbFrames(frames);
  return {
    async decode(path, options) {
      if (typeof options === "function") throw new TypeError(`${path} has no probe to plan by`);
      const { picture = true, sound = true, fps, onFrames }: DecodeOptions = options ?? {};
      if (picture && frames && rgb && onFrames) {
        const length = frames.height * frames.width * 3;
        const rate = fps ?? frames.fps;
        const n = Math.round(frames.n * rate / frames.fps);
        for (let i = 0; i < n; i++) {
          const at = Math.min(frames.n - 1, Math.floor((i + 0.5) * frames.fps / rate));
          await onFrames(rgb.slice(at * length, (at + 1) * length), 1);
        }
      }
      return {
        frames: new Uint8Array(0),
        frameCount: 0,
        width: frames?.width ?? 0,
        height: frames?.height ?? 0,
        samples: sound && samples ? samples : new Float32Array(0),
        hasPicture: frames !== undefined,
        hasSound: samples !== undefined,
        silent: false,
        problems: {},
        warnings: [],
      };
    },
  };
}

import { PACKAGE_CORE } from "./ffmpeg/package_core.ts";
import { CoreStoppedError, FfmpegCore } from "./ffmpeg/ffmpeg_core.ts";
import { errorLines, LOG_ARGS } from "./ffmpeg/ffmpeg_log.ts";
import { MediaError } from "./media_error.ts";

/** Frames, samples or both, as they go into a clip. */
export interface ClipSource {
  /** The picture [n, height, width, 3], RGB from 0 to 255. Default: none. */
  readonly frames?: Uint8Array;
  /** Width of the frames in pixels; needed with `frames`. */
  readonly width?: number;
  /** Height of the frames in pixels; needed with `frames`. */
  readonly height?: number;
  /** Frames a second; needed with `frames`. */
  readonly fps?: number;
  /** The sound, mono, full scale -1 to 1. Default: none. */
  readonly samples?: Float32Array;
  /** Samples a second. Default: 8000. */
  readonly sampleRate?: number;
}

/**
 * Containers that can be written: H.264 and AAC in mp4, H.264 and FLAC in mkv, 16-bit PCM in wav, FLAC
 * in flac.
 */
export type ClipFormat = "mp4" | "mkv" | "wav" | "flac";

/** How to encode. */
export interface EncodeOptions {
  /** x264's balance of speed and size. Default: "veryfast". */
  readonly preset?: "ultrafast" | "veryfast" | "medium";
  /** x264's constant rate factor: 0 is lossless, 18 looks like the original, 51 is worst. Default: 18. */
  readonly crf?: number;
  /** How long ffmpeg may take before it is stopped, in seconds. Default: 120. */
  readonly timeLimitSeconds?: number;
}

/**
 * Encodes a clip with ffmpeg.wasm, in a worker of its own, and gives the bytes of the file. The same
 * input gives the same bytes: no date, no program name.
 *
 * A picture of even width and height is stored as yuv420p, which every player shows. An odd one, such
 * as the tutorial's 227 x 128, is stored as yuv444p, for 4:2:0 has no odd sizes and the width is part
 * of the protocol: ffmpeg, VLC and mpv play it, some browsers do not.
 *
 * @example
 * ```ts
 * import { encodeClip } from "./encode_clip.ts";
 * import assert from "node:assert/strict";
 *
 * const frames = new Uint8Array(10 * 16 * 16 * 3).fill(200);
 * const samples = new Float32Array(2000);
 * const mp4 = await encodeClip({ frames, width: 16, height: 16, fps: 10, samples }, "mp4");
 * assert.equal(new TextDecoder().decode(mp4.subarray(4, 8)), "ftyp");
 * ```
 *
 * @throws {RangeError} If there is nothing to encode, a size is missing or wrong, `wav` or `flac` is
 * to hold a picture, or an option is out of range.
 * @throws {MediaError} If ffmpeg fails or takes too long.
 */
export async function encodeClip(
  source: ClipSource,
  format: ClipFormat,
  options: EncodeOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { preset = "veryfast", crf = 18, timeLimitSeconds = 120 } = options;
  if (!(crf >= 0 && crf <= 51)) throw new RangeError(`crf is ${crf}; allowed: 0 to 51`);
  checkSource(source, format);
  const { frames, width = 0, height = 0, fps = 0, samples, sampleRate = 8000 } = source;
  const output = `clip.${format}`;
  const write: { name: string; bytes: Uint8Array }[] = [];
  const inputs: string[] = [];
  const codecs: string[] = [];
  if (frames) {
    // Copies, for what is sent to a worker is taken from the sender.
    write.push({ name: "frames", bytes: frames.slice() });
    inputs.push(
      "-f",
      "rawvideo",
      "-pixel_format",
      "rgb24",
      "-video_size",
      `${width}x${height}`,
      "-framerate",
      `${fps}`,
      "-i",
      "frames",
    );
    const even = width % 2 === 0 && height % 2 === 0;
    codecs.push(
      "-c:v",
      "libx264",
      "-preset",
      preset,
      "-crf",
      `${crf}`,
      "-threads",
      "1",
      "-pix_fmt",
      even ? "yuv420p" : "yuv444p",
    );
  }
  if (samples) {
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    write.push({ name: "samples", bytes: bytes.slice() });
    inputs.push("-f", "f32le", "-ar", `${sampleRate}`, "-ac", "1", "-i", "samples");
    const codec = { mp4: "aac", mkv: "flac", wav: "pcm_s16le", flac: "flac" }[format];
    codecs.push("-c:a", codec);
  }
  const core = await FfmpegCore.start(PACKAGE_CORE);
  try {
    const { code, log, files: [file] } = await core.run({
      write,
      program: "ffmpeg",
      args: [
        ...LOG_ARGS,
        ...inputs,
        ...codecs,
        // Nothing that differs between two runs; the index first, so that a cut file is recognised.
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        "-flags:a",
        "+bitexact",
        ...(format === "mp4" ? ["-movflags", "+faststart"] : []),
        output,
      ],
      read: [output],
    }, timeLimitSeconds);
    if (code !== 0 || file.length === 0) {
      throw new MediaError(
        output,
        `could not be encoded: ${errorLines(log)[0] ?? `exit code ${code}`}`,
      );
    }
    return file;
  } catch (error) {
    if (!(error instanceof CoreStoppedError)) throw error;
    throw new MediaError(output, `could not be encoded: ${error.message}`, { cause: error });
  } finally {
    core.stop("encoding is done");
  }
}

function checkSource(source: ClipSource, format: ClipFormat): void {
  const { frames, width, height, fps, samples, sampleRate = 8000 } = source;
  if (!frames?.length && !samples?.length) {
    throw new RangeError("there is nothing to encode: give frames, samples or both");
  }
  if (frames) {
    if (format === "wav" || format === "flac") {
      throw new RangeError(`a .${format} holds no picture; leave out frames or choose mp4 or mkv`);
    }
    for (const [name, value] of Object.entries({ width, height })) {
      if (!Number.isInteger(value) || value! < 1) {
        throw new RangeError(`${name} is ${value}; frames need a whole number from 1`);
      }
    }
    if (!(fps! > 0)) throw new RangeError(`fps is ${fps}; frames need a number above 0`);
    if (frames.length === 0 || frames.length % (width! * height! * 3) !== 0) {
      throw new RangeError(
        `${frames.length} bytes are not a whole number of ${width} x ${height} RGB frames`,
      );
    }
  }
  if (samples?.length === 0) throw new RangeError("samples is empty; leave it out instead");
  if (!Number.isInteger(sampleRate) || sampleRate < 1) {
    throw new RangeError(`sampleRate is ${sampleRate}; allowed: a whole number from 1`);
  }
}

import { type DecodeOptions, decodeWindow } from "./decode_options.ts";
import type { ClipInfo, DecodedClip } from "./decoder.ts";
import { damaged, whyIncomplete, whyMissing, whyTooShort, whyUnreadable } from "./diagnose.ts";
import { errorLines } from "./ffmpeg_log.ts";
import { MediaError } from "./media_error.ts";
import { parseProbe, type Probe } from "./probe.ts";
import { claimedWavBytes } from "./wav_header.ts";

/** What a decoder has to offer for one clip: ffprobe on it, and ffmpeg to raw outputs. */
export interface ClipTools {
  /** The clip as the caller named it, for messages. */
  readonly path: string;
  /** The first bytes of the file (16, or all if there are fewer). */
  readonly head: Uint8Array;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Runs ffprobe and gives its standard output and its log. */
  probe(countFrames: boolean): Promise<{ stdout: string; log: readonly string[] }>;
  /**
   * Runs ffmpeg once for all `outputs`, each the arguments of one raw output without its name. Gives
   * the bytes of each output (none where ffmpeg failed) and the log.
   */
  transcode(
    outputs: readonly (readonly string[])[],
  ): Promise<{ outputs: readonly Uint8Array<ArrayBuffer>[]; log: readonly string[] }>;
}

/**
 * What to make of a clip, decided when its file's claims are known; what it throws ends the work before
 * anything is decoded.
 */
export type DecodePlan = (probe: Probe) => DecodeOptions;

/**
 * Samples below half a step of 16-bit sound are digital silence: in 16 bits they would all be 0.
 * A lossy codec may decode silence to such a residue.
 */
const SILENCE = 2 ** -16;

/** Rate at which the sound is decoded to measure it: enough for a length to a tenth of a millisecond. */
const INSPECT_RATE = 8000;

/**
 * The filters that make frames of the picture. The frame rate follows ffmpeg's `fps` filter from time
 * 0 on. Scaling is bicubic, which in swscale averages over the source area when it shrinks;
 * `accurate_rnd` and `bitexact` choose the plain C arithmetic, so that every build of ffmpeg gives
 * the same values as the WebAssembly one.
 */
function pictureArgs(index: number, options: ReturnType<typeof decodeWindow>): string[] {
  const { fps, width, height, frameCount } = options;
  const flags = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";
  const filters = `fps=${fps}:start_time=0,scale=${width}:${height}:flags=${flags},format=rgb24`;
  return [
    ...["-map", `0:${index}`, "-vf", filters, "-frames:v", `${frameCount}`],
    ...["-c:v", "rawvideo", "-f", "rawvideo"],
  ];
}

/**
 * The filters that make mono samples of the sound. Channels are mixed with weights that sum to 1
 * (ffmpeg's default for floating point is sqrt(1/2) a channel, which overdrives), and `first_pts`
 * keeps time 0 where it is if the sound track starts earlier or later.
 */
function soundArgs(index: number, rate: number, seconds: number | undefined): string[] {
  const filters = `aresample=${rate}:first_pts=0:rematrix_maxval=1,` +
    "aformat=sample_fmts=flt:channel_layouts=mono";
  return [
    ...["-map", `0:${index}`, "-af", filters],
    ...(seconds === undefined ? [] : ["-t", `${seconds}`]),
    ...["-c:a", "pcm_f32le", "-f", "f32le"],
  ];
}

/**
 * Decodes one clip with the tools of a decoder: all decisions that do not depend on which one.
 *
 * @throws {MediaError} If the file cannot be decoded, is truncated, or lacks a track asked for.
 * @throws {RangeError} If an option is out of range.
 */
export async function decodeClip(
  tools: ClipTools,
  options: DecodeOptions | DecodePlan = {},
): Promise<DecodedClip> {
  const fixed = typeof options === "object" ? decodeWindow(options) : undefined;
  const probe = await openClip(tools, false);
  const window = fixed ?? decodeWindow((options as DecodePlan)(probe));
  const wanted: { track: "picture" | "sound"; args: string[] }[] = [];
  if (window.picture) {
    if (!probe.picture) throw new MediaError(tools.path, whyMissing("picture", probe));
    wanted.push({ track: "picture", args: pictureArgs(probe.picture.index, window) });
  }
  if (window.sound) {
    if (!probe.sound) throw new MediaError(tools.path, whyMissing("sound", probe));
    const args = soundArgs(probe.sound.index, window.sampleRate, window.seconds);
    wanted.push({ track: "sound", args });
  }
  let frames = new Uint8Array();
  let samples = new Float32Array();
  let warnings: string[] = [];
  if (wanted.length > 0) {
    const { outputs, log } = await tools.transcode(wanted.map(({ args }) => args));
    warnings = errorLines(log);
    wanted.forEach(({ track }, i) => {
      let seconds: number;
      if (track === "picture") {
        const count = Math.min(
          Math.floor(outputs[i].length / window.frameBytes),
          window.frameCount,
        );
        frames = outputs[i].subarray(0, count * window.frameBytes);
        seconds = count / window.fps;
      } else {
        samples = asFloats(outputs[i]).subarray(0, window.sampleCount);
        seconds = samples.length / window.sampleRate;
      }
      const reason = whyTooShort(track, seconds, window.seconds, probe, warnings);
      if (reason !== undefined) throw new MediaError(tools.path, reason);
    });
  }
  return {
    frames,
    frameCount: frames.length / window.frameBytes,
    samples,
    hasPicture: probe.picture !== undefined,
    hasSound: probe.sound !== undefined,
    silent: samples.length > 0 && isSilent(samples),
    warnings,
  };
}

/**
 * Inspects one clip with the tools of a decoder.
 *
 * @throws {MediaError} If the file cannot be read, is truncated, or has neither picture nor sound.
 */
export async function inspectClip(tools: ClipTools): Promise<ClipInfo> {
  const probe = await openClip(tools, true);
  const { picture, sound } = probe;
  const lengths: { track: "picture" | "sound"; seconds: number }[] = [];
  let silent = false;
  let errors: readonly string[] = [];
  if (sound) {
    const { outputs, log } = await tools.transcode([
      soundArgs(sound.index, INSPECT_RATE, undefined),
    ]);
    const samples = asFloats(outputs[0]);
    silent = isSilent(samples);
    errors = errorLines(log);
    lengths.push({ track: "sound", seconds: samples.length / INSPECT_RATE });
  }
  if (picture) {
    const { storedFrames, fps } = picture;
    // Without an average frame rate (a still picture, a raw stream) the claim has to do.
    const seconds = fps > 0 ? storedFrames / fps : picture.seconds ?? probe.seconds ?? 0;
    lengths.push({ track: "picture", seconds: storedFrames > 0 ? seconds : 0 });
  }
  if (lengths.length === 0) {
    throw new MediaError(tools.path, damaged("it holds neither picture nor sound"));
  }
  for (const { track, seconds } of lengths) {
    const reason = whyTooShort(track, seconds, Infinity, probe, errors);
    if (reason !== undefined) throw new MediaError(tools.path, reason);
  }
  return {
    seconds: lengths[0].seconds,
    hasPicture: picture !== undefined,
    hasSound: sound !== undefined,
    silent,
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    fps: picture?.fps ?? 0,
  };
}

async function openClip(tools: ClipTools, countFrames: boolean): Promise<Probe> {
  if (tools.size === 0) throw new MediaError(tools.path, whyUnreadable(tools.head, []));
  const { stdout, log } = await tools.probe(countFrames);
  const probe = parseProbe(stdout, log);
  if (probe === undefined) {
    throw new MediaError(tools.path, whyUnreadable(tools.head, errorLines(log)));
  }
  // ffmpeg takes a cut .wav for a shorter one; its header knows better.
  const reason = whyIncomplete(tools.size, claimedWavBytes(tools.head));
  if (reason !== undefined) throw new MediaError(tools.path, reason);
  return probe;
}

function asFloats(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const length = Math.floor(bytes.length / 4);
  return bytes.byteOffset % 4 === 0
    ? new Float32Array(bytes.buffer, bytes.byteOffset, length)
    : new Float32Array(bytes.slice(0, length * 4).buffer);
}

function isSilent(samples: Float32Array): boolean {
  return samples.every((sample) => Math.abs(sample) < SILENCE);
}

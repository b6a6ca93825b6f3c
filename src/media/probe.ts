import { displayedSize, type Orientation, parseDisplayMatrix, UPRIGHT } from "./display.ts";
import { errorLines, LOG_ARGS } from "./ffmpeg/ffmpeg_log.ts";
import { speakersOfLayout } from "./sound/channel_weights.ts";

/**
 * Containers that may be opened. Playlists (HLS, DASH, concat) are not among them: such a file makes
 * ffmpeg open other files that it names, which a clip has no business doing.
 */
const FORMATS = [
  "mov",
  "matroska",
  "webm",
  "avi",
  "flv",
  "mpeg",
  "mpegts",
  "mpegvideo",
  "asf",
  "ogg",
  "mxf",
  "nut",
  "rm",
  "ivf",
  "wav",
  "w64",
  "aiff",
  "flac",
  "mp3",
  "aac",
  "caf",
  "au",
  "amr",
  "ape",
  "wv",
  "tta",
  "ac3",
  "eac3",
].join(",");

/** What ffmpeg and ffprobe may do with an input: read this one file, in one of the known containers. */
const INPUT_LIMITS = ["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS];

/** ffmpeg's arguments for the clip called `input`. Pictures come as they are stored: turning them is ours. */
export function inputArgs(input: string): string[] {
  return [...INPUT_LIMITS, "-noautorotate", "-i", input];
}

/** Codecs of still pictures: a track of a single one is a cover. */
const STILL_CODECS = /^(mjpeg|png|gif|bmp|webp|tiff)$/;

/** One track of a clip. */
export interface ProbedTrack {
  /** Its index among the streams of the file, for `-map`. */
  readonly index: number;
  /** Name of its codec, such as `h264`, or its tag where ffmpeg does not know it. */
  readonly codec: string;
  /** Whether ffmpeg found out how to decode it. */
  readonly decodable: boolean;
  /** Whether it is encrypted. */
  readonly encrypted: boolean;
  /** Where the file says that this track ends, in seconds of the clip; undefined where it does not. */
  readonly end: number | undefined;
}

/** The picture track of a clip. */
export interface ProbedPicture extends ProbedTrack {
  /** Width as it is shown, in pixels: after turning, and with square pixels. */
  readonly width: number;
  /** Height as it is shown, in pixels. */
  readonly height: number;
  /** How the stored picture is turned to be shown. */
  readonly orientation: Orientation;
  /** Average frame rate in frames a second; 0 if unknown. */
  readonly fps: number;
  /** Where it begins, in seconds of the clip. */
  readonly start: number;
  /** Whether its codec is one of still pictures. */
  readonly isStill: boolean;
  /** Number of frames stored in the file, if they were counted or the file says it, else 0. */
  readonly storedFrames: number;
}

/** A sound track of a clip. */
export interface ProbedSound extends ProbedTrack {
  /** Number of channels. */
  readonly channels: number;
  /** What loudspeaker each channel is for, where that is declared. */
  readonly speakers: readonly string[] | undefined;
  /** Samples a second, of each channel. */
  readonly sampleRate: number;
  /** The least difference of two samples where it is coarse, as of 8-bit integers; else 0. */
  readonly step: number;
  /** Whether players choose this track. */
  readonly isDefault: boolean;
}

/** What ffprobe says of a clip. */
export interface Probe {
  /** The picture track: cover art does not count. */
  readonly picture: ProbedPicture | undefined;
  /** The sound tracks, those first that players choose. */
  readonly sounds: readonly ProbedSound[];
  /** The length that the container as a whole claims, in seconds; undefined where it claims none. */
  readonly seconds: number | undefined;
  /** Whether the claimed lengths are counted in the file's own structure, not somebody's word. */
  readonly counted: boolean;
  /** Errors that ffprobe met, in ffmpeg's words. */
  readonly errors: readonly string[];
}

/** ffprobe's arguments for {@linkcode parseProbe}. `countFrames` has the whole file read (not decoded). */
export function probeArgs(input: string, countFrames: boolean): string[] {
  return [
    ...LOG_ARGS,
    ...INPUT_LIMITS,
    ...(countFrames ? ["-count_packets"] : []),
    "-show_streams",
    "-show_format",
    "-of",
    "json",
    input,
  ];
}

/** The parts of ffprobe's JSON that are used. */
interface ProbeJson {
  streams?: StreamJson[];
  format?: { format_name?: string; start_time?: string; duration?: string };
}

interface StreamJson {
  index: number;
  codec_type?: string;
  codec_name?: string;
  codec_tag_string?: string;
  pix_fmt?: string;
  sample_fmt?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  channels?: number;
  channel_layout?: string;
  sample_rate?: string;
  avg_frame_rate?: string;
  start_time?: string;
  duration?: string;
  nb_frames?: string;
  nb_read_packets?: string;
  disposition?: Record<string, number | undefined>;
  tags?: Record<string, string>;
  side_data_list?: { side_data_type?: string; displaymatrix?: string }[];
}

/**
 * Reads ffprobe's answer; undefined if ffprobe could not open the file.
 *
 * @example
 * ```ts
 * import { parseProbe } from "./probe.ts";
 * import assert from "node:assert/strict";
 *
 * const json = `{"streams":[{"index":0,"codec_type":"audio","codec_name":"flac","channels":1,
 *   "sample_rate":"16000","sample_fmt":"s16","duration":"2.5"}]}`;
 * assert.equal(parseProbe(json, [])?.sounds[0].end, 2.5);
 * ```
 *
 * @param json What ffprobe printed on standard output.
 * @param log What it printed on standard error, line by line.
 */
export function parseProbe(json: string, log: readonly string[]): Probe | undefined {
  let parsed: ProbeJson;
  try {
    parsed = JSON.parse(json);
  } catch {
    // ffprobe that fails prints nothing or the first brace only.
    return undefined;
  }
  const { streams = [], format } = parsed;
  if (streams.length === 0) return undefined;
  // Where ffmpeg only guesses the length from the bit rate, a shorter clip is not a truncated one.
  const guessed = log.some((line) => line.includes("Estimating duration from bitrate"));
  const origin = Number(format?.start_time ?? 0) || 0;
  const pictures = streams.filter((stream) => stream.codec_type === "video" && !isCover(stream));
  const picture = pictures.find(isDefault) ?? pictures[0];
  const sounds = streams.filter((stream) => stream.codec_type === "audio")
    .sort((a, b) => Number(isDefault(b)) - Number(isDefault(a)));
  return {
    picture: picture && pictureTrack(picture, origin, guessed),
    sounds: sounds.map((stream) => soundTrack(stream, origin, guessed)),
    seconds: guessed ? undefined : positive(format?.duration),
    counted: format?.format_name === "flac",
    errors: errorLines(log),
  };
}

/** The codecs of a clip's tracks that cannot be decoded: what they complain of is not about the others. */
export function undecodable({ picture, sounds }: Probe): string[] {
  return [...picture ? [picture] : [], ...sounds]
    .filter((track) => !track.decodable)
    .map(({ codec }) => codec);
}

function track(stream: StreamJson, origin: number, guessed: boolean): ProbedTrack {
  const { index, codec_name, codec_tag_string = "", pix_fmt, sample_fmt, duration } = stream;
  const format = stream.codec_type === "video" ? pix_fmt : sample_fmt;
  // Matroska writes a track's end as a tag, which others call its duration: it counts from time 0.
  const seconds = positive(duration);
  const end = seconds === undefined ? taggedEnd(stream.tags) : startOf(stream, origin) + seconds;
  return {
    index,
    codec: codec_name === undefined || codec_name === "unknown" ? codec_tag_string : codec_name,
    decodable: format !== undefined && format !== "unknown",
    encrypted: /^(enc[av]|drm[si])$/.test(codec_tag_string),
    end: guessed ? undefined : end,
  };
}

function pictureTrack(stream: StreamJson, origin: number, guessed: boolean): ProbedPicture {
  const matrix = stream.side_data_list?.find(({ displaymatrix }) => displaymatrix)?.displaymatrix;
  const orientation = matrix === undefined ? UPRIGHT : parseDisplayMatrix(matrix);
  const aspect = ratio(stream.sample_aspect_ratio?.replace(":", "/"));
  return {
    ...track(stream, origin, guessed),
    ...displayedSize(stream.width ?? 0, stream.height ?? 0, aspect, orientation),
    orientation,
    fps: ratio(stream.avg_frame_rate),
    start: startOf(stream, origin),
    isStill: STILL_CODECS.test(stream.codec_name ?? ""),
    // ffprobe counts no packet as "N/A".
    storedFrames: positive(stream.nb_read_packets) ?? positive(stream.nb_frames) ?? 0,
  };
}

function soundTrack(stream: StreamJson, origin: number, guessed: boolean): ProbedSound {
  const { codec_name = "", channels = 0, channel_layout, sample_rate, sample_fmt = "" } = stream;
  return {
    ...track(stream, origin, guessed),
    channels,
    speakers: speakersOfLayout(channel_layout),
    sampleRate: positive(sample_rate) ?? 0,
    step: /^pcm_[us]8/.test(codec_name) || /^u8p?$/.test(sample_fmt) ? 1 / 128 : 0,
    isDefault: isDefault(stream),
  };
}

/** Whether a picture only illustrates the sound: a cover, or a still picture that stands for all of it. */
function isCover(
  { codec_name = "", disposition, nb_frames, nb_read_packets }: StreamJson,
): boolean {
  if (disposition?.attached_pic || disposition?.timed_thumbnails) return true;
  return STILL_CODECS.test(codec_name) && [nb_frames, nb_read_packets].includes("1");
}

function isDefault({ disposition }: StreamJson): boolean {
  return disposition?.default === 1;
}

/** Where a track begins, in seconds of the clip, whose time 0 is its first track's. */
function startOf({ start_time }: StreamJson, origin: number): number {
  const start = Number(start_time);
  return Number.isFinite(start) ? Math.max(0, start - origin) : 0;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return value > 0 ? value : undefined;
}

/** Matroska states where a track ends as a tag: "00:00:03.303000000". */
function taggedEnd(tags: Record<string, string> = {}): number | undefined {
  const key = Object.keys(tags).find((name) => /^DURATION(-|$)/i.test(name));
  const match = key && /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(tags[key]);
  if (!match) return undefined;
  return positive(`${Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])}`);
}

function ratio(text = "0/0"): number {
  const [over, under] = text.split("/").map(Number);
  return under > 0 ? over / under : 0;
}

import { errorLines, LOG_ARGS } from "./ffmpeg_log.ts";

/**
 * Containers that may be opened. Playlists (HLS, DASH, concat) are not among them: such a file makes
 * ffmpeg open other files that it names, which a clip has no business doing.
 */
const FORMATS = [
  ...["mov", "matroska", "webm", "avi", "flv", "mpeg", "mpegts", "mpegvideo", "asf", "ogg", "mxf"],
  ...["nut", "rm", "ivf", "wav", "w64", "aiff", "flac", "mp3", "aac", "caf", "au", "amr", "ape"],
  ...["wv", "tta", "ac3", "eac3"],
].join(",");

/** What ffmpeg may do with an input: read this one file, in one of the known containers. */
export const INPUT_ARGS: readonly string[] = [
  "-protocol_whitelist",
  "file,pipe",
  "-format_whitelist",
  FORMATS,
];

/** One track of a clip. */
export interface ProbedTrack {
  /** Its index among the streams of the file, for `-map`. */
  readonly index: number;
  /** The length that the file claims for this track, in seconds; undefined where it claims none. */
  readonly seconds: number | undefined;
}

/** The picture track of a clip. */
export interface ProbedPicture extends ProbedTrack {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Average frame rate in frames a second; 0 if unknown. */
  readonly fps: number;
  /** Number of frames stored in the file, if they were counted, else 0. */
  readonly storedFrames: number;
}

/** What ffprobe says of a clip. */
export interface Probe {
  /** The first picture track that is not cover art. */
  readonly picture: ProbedPicture | undefined;
  /** The first sound track. */
  readonly sound: ProbedTrack | undefined;
  /** The length that the container as a whole claims, in seconds; undefined where it claims none. */
  readonly seconds: number | undefined;
  /** Errors that ffprobe met, in ffmpeg's words. */
  readonly errors: readonly string[];
}

/** ffprobe's arguments for {@linkcode parseProbe}. `countFrames` has the whole file read (not decoded). */
export function probeArgs(input: string, countFrames: boolean): string[] {
  return [
    ...LOG_ARGS,
    ...INPUT_ARGS,
    ...(countFrames ? ["-count_packets"] : []),
    ...["-show_streams", "-show_format", "-of", "json", input],
  ];
}

/** The parts of ffprobe's JSON that are used. */
interface ProbeJson {
  streams?: {
    index: number;
    codec_type?: string;
    width?: number;
    height?: number;
    channels?: number;
    avg_frame_rate?: string;
    duration?: string;
    nb_read_packets?: string;
    disposition?: { attached_pic?: number };
    tags?: Record<string, string>;
  }[];
  format?: { duration?: string };
}

/**
 * Reads ffprobe's answer; undefined if ffprobe could not open the file.
 *
 * @example
 * ```ts
 * import { parseProbe } from "./probe.ts";
 * import assert from "node:assert/strict";
 *
 * const json = '{"streams":[{"index":0,"codec_type":"audio","channels":1,"duration":"2.5"}]}';
 * assert.deepEqual(parseProbe(json, [])?.sound, { index: 0, seconds: 2.5 });
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
  const track = (stream: typeof streams[number]): ProbedTrack => ({
    index: stream.index,
    seconds: guessed ? undefined : positive(stream.duration) ?? taggedSeconds(stream.tags),
  });
  const picture = streams.find((stream) =>
    stream.codec_type === "video" && stream.disposition?.attached_pic !== 1
  );
  const sound = streams.find((stream) => stream.codec_type === "audio");
  return {
    picture: picture && {
      ...track(picture),
      width: picture.width ?? 0,
      height: picture.height ?? 0,
      fps: ratio(picture.avg_frame_rate),
      // ffprobe counts no packet as "N/A".
      storedFrames: positive(picture.nb_read_packets) ?? 0,
    },
    sound: sound && track(sound),
    seconds: guessed ? undefined : positive(format?.duration),
    errors: errorLines(log),
  };
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return value > 0 ? value : undefined;
}

/** Matroska states a track's length as a tag: "00:00:03.303000000". */
function taggedSeconds(tags: Record<string, string> = {}): number | undefined {
  const key = Object.keys(tags).find((name) => /^DURATION(-|$)/i.test(name));
  const match = key && /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(tags[key]);
  if (!match) return undefined;
  return positive(`${Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])}`);
}

function ratio(text = "0/0"): number {
  const [over, under] = text.split("/").map(Number);
  return under > 0 ? over / under : 0;
}

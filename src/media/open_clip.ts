import type { ClipTools } from "./clip_tools.ts";
import { damaged, whyUnreadable } from "./diagnose.ts";
import { errorLines } from "./ffmpeg/ffmpeg_log.ts";
import { MediaError } from "./media_error.ts";
import { parseProbe, type Probe } from "./probe.ts";
import { isWav, parseWav, WavError, type WavHeader } from "./sound/parse_wav.ts";
import { wavSeconds, wavStep } from "./sound/read_wav.ts";

/** A clip whose file is known to be one. */
export interface OpenClip {
  /** What it holds. */
  readonly probe: Probe;
  /** The file, where it is an uncompressed .wav, which Emofuse reads by itself. */
  readonly wav?: { readonly bytes: Uint8Array; readonly header: WavHeader };
}

/**
 * Finds out what a clip holds: of an uncompressed .wav by its own header, of all else by ffprobe.
 *
 * @param countFrames Whether the frames of the picture are to be counted, for which the whole file is read.
 * @throws {MediaError} If it cannot be read, or is truncated.
 */
export async function openClip(tools: ClipTools, countFrames: boolean): Promise<OpenClip> {
  if (tools.size === 0) throw new MediaError(tools.path, whyUnreadable(tools.head, []));
  if (isWav(tools.head)) {
    const bytes = await tools.bytes();
    const header = wavHeader(tools.path, bytes);
    if (header.format) return { probe: wavProbe(header), wav: { bytes, header } };
    if (header.bigEndian) {
      throw new MediaError(
        tools.path,
        "a compressed .wav of the big-endian kind (RIFX) is not read",
      );
    }
  }
  const { stdout, log } = await tools.probe(countFrames);
  const probe = parseProbe(stdout, log);
  if (probe === undefined) {
    throw new MediaError(tools.path, whyUnreadable(tools.head, errorLines(log)));
  }
  // Whether a still picture is a cover shows when there is only one; few containers count by themselves.
  const unsure = probe.picture?.isStill && probe.picture.storedFrames === 0;
  return unsure && !countFrames ? await openClip(tools, true) : { probe };
}

function wavHeader(path: string, bytes: Uint8Array): WavHeader {
  try {
    return parseWav(bytes);
  } catch (error) {
    if (!(error instanceof WavError)) throw error;
    throw new MediaError(path, damaged(error.message), { cause: error });
  }
}

function wavProbe(header: WavHeader): Probe {
  const { channels, speakers, sampleRate } = header;
  const seconds = wavSeconds(header);
  return {
    picture: undefined,
    sounds: [{
      index: 0,
      codec: "pcm",
      decodable: true,
      encrypted: false,
      isDefault: true,
      channels,
      speakers,
      sampleRate,
      end: seconds,
      step: wavStep(header),
    }],
    seconds,
    counted: false,
    errors: [],
  };
}

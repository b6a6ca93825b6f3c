import type { Dsp } from "../audio/dsp.ts";
import type { DecoderName } from "./decoder_name.ts";
import type { StreamedOutput } from "./ffmpeg/ffmpeg_core.ts";

/** One raw output of ffmpeg, taken while it is written. */
export interface TrackOutput extends StreamedOutput {
  /** ffmpeg's arguments for it, without its name. */
  readonly args: readonly string[];
}

/** What a decoder has to offer for one clip: its bytes, ffprobe on it, ffmpeg to raw outputs, and what resamples them. */
export interface ClipTools {
  /** Which decoder it is, for messages: in a page there is one. */
  readonly decoder: DecoderName | "page";
  /** The clip as the caller named it, for messages. */
  readonly path: string;
  /** The first bytes of the file (16, or all if there are fewer). */
  readonly head: Uint8Array;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Reads the whole file. */
  bytes(): Promise<Uint8Array>;
  /** The DSP core, which resamples the sound. */
  dsp(): Promise<Dsp>;
  /** Runs ffprobe and gives its standard output and its log. */
  probe(countFrames: boolean): Promise<{ stdout: string; log: readonly string[] }>;
  /** Runs ffmpeg once for all `outputs`; gives whether it ended well, and its log. */
  transcode(
    outputs: readonly TrackOutput[],
  ): Promise<{ readonly success: boolean; readonly log: readonly string[] }>;
}

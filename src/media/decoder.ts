import type { DecodeOptions } from "./decode_options.ts";
import type { DecodePlan } from "./decode_plan.ts";
import type { DecoderName } from "./decoder_name.ts";
import type { TrackName, TrackProblem } from "./diagnose.ts";

/** What a clip decodes to: only what is really in it, cut to the window but not padded. */
export interface DecodedClip {
  /** The picture [frameCount, height, width, 3], RGB from 0 to 255; empty if it was not asked for. */
  readonly frames: Uint8Array;
  /** Number of frames in `frames`, at most `seconds * fps`. */
  readonly frameCount: number;
  /** Width of the frames in pixels, as asked for. */
  readonly width: number;
  /** Height of the frames in pixels, as asked for. */
  readonly height: number;
  /** The sound, mono at `sampleRate`, full scale -1 to 1; empty if it was not asked for. */
  readonly samples: Float32Array;
  /** Whether the file has a picture track, asked for or not. */
  readonly hasPicture: boolean;
  /** Whether the file has a sound track, asked for or not. */
  readonly hasSound: boolean;
  /** Whether the sound was decoded and is silence, as in RAVDESS's `02-` clips: below -65 dB throughout. */
  readonly silent: boolean;
  /** Why a track that was asked for is missing: only with the option `partial`. */
  readonly problems: Readonly<Partial<Record<TrackName, TrackProblem>>>;
  /** What should be known of the clip although it is used: a sentence each. */
  readonly warnings: readonly string[];
}

/** What a clip is, found without decoding more of its picture than one frame. */
export interface ClipInfo {
  /** Length: of the decoded sound where there is any (containers' claims run long), else of the picture. */
  readonly seconds: number;
  /** Where its picture ends, in seconds; 0 without one. */
  readonly pictureSeconds: number;
  /** Whether there is a picture that can be decoded; cover art does not count. */
  readonly hasPicture: boolean;
  /** Whether there is sound that can be decoded. */
  readonly hasSound: boolean;
  /** Whether there is sound and all of it is silence: below -65 dB throughout. */
  readonly silent: boolean;
  /** Width of the picture as it is shown, in pixels; 0 without one. */
  readonly width: number;
  /** Height of the picture as it is shown, in pixels; 0 without one. */
  readonly height: number;
  /** Average frame rate of the picture as stored, in frames a second; 0 without one. */
  readonly fps: number;
  /** Why a track that is there cannot be used, such as a codec that the decoder does not know. */
  readonly problems: Readonly<Partial<Record<TrackName, TrackProblem>>>;
  /** What should be known of the clip although it can be used: a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Turns clip files into frames and samples. Calls may overlap: as many clips as the decoder has
 * workers are decoded at once and the others wait their turn. A clip that fails never affects the
 * next one.
 */
export interface Decoder {
  /** Which decoder this is. */
  readonly name: DecoderName;
  /** Name and version of the ffmpeg behind it: another one may give slightly other values. */
  readonly version: string;

  /**
   * Decodes the start of one clip.
   *
   * @param options What to make of it, or a function that says so of what the file holds.
   * @throws {MediaError} If the file cannot be read or decoded, is truncated, its sound holds what is no
   * number, or it lacks a track asked for (with `partial`: all of them).
   * @throws {RangeError} If an option is out of range.
   */
  decode(path: string, options?: DecodeOptions | DecodePlan): Promise<DecodedClip>;

  /**
   * Says what a clip is: decodes all its sound, and one frame of its picture.
   *
   * @throws {MediaError} If the file cannot be read, is truncated, its sound holds what is no number, or it has
   * neither picture nor sound that can be decoded.
   */
  inspect(path: string): Promise<ClipInfo>;

  /** Stops the workers. Clips still being decoded fail. Closing twice is allowed. */
  close(): Promise<void>;
}

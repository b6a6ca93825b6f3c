import type { DecodeOptions } from "./decode_options.ts";

/** The decoders there are: ffmpeg compiled to WebAssembly, and the ffmpeg installed on the machine. */
export type DecoderName = "wasm" | "native";

/** What a clip decodes to: only what is really in it, cut to the window but not padded. */
export interface DecodedClip {
  /** The picture [frameCount, height, width, 3], RGB from 0 to 255; empty if it was not asked for. */
  readonly frames: Uint8Array;
  /** Number of frames in `frames`, at most `seconds * fps`. */
  readonly frameCount: number;
  /** The sound, mono at `sampleRate`, full scale -1 to 1; empty if it was not asked for. */
  readonly samples: Float32Array;
  /** Whether the file has a picture track, asked for or not. */
  readonly hasPicture: boolean;
  /** Whether the file has a sound track, asked for or not. */
  readonly hasSound: boolean;
  /** Whether the sound was decoded and is digital silence, as in RAVDESS's `02-` clips. */
  readonly silent: boolean;
  /** What ffmpeg complained of although the clip decoded in (nearly) full length: at most five lines. */
  readonly warnings: readonly string[];
}

/** What a clip is, without decoding its picture. */
export interface ClipInfo {
  /** Length: of the decoded sound where there is any (containers' claims run long), else of the picture. */
  readonly seconds: number;
  /** Whether there is a picture track; cover art does not count. */
  readonly hasPicture: boolean;
  /** Whether there is a sound track. */
  readonly hasSound: boolean;
  /** Whether there is a sound track and all of it is digital silence. */
  readonly silent: boolean;
  /** Width of the picture in pixels; 0 without one. */
  readonly width: number;
  /** Height of the picture in pixels; 0 without one. */
  readonly height: number;
  /** Average frame rate of the picture as stored, in frames a second; 0 without one. */
  readonly fps: number;
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
   * @throws {MediaError} If the file cannot be read or decoded, is truncated, or lacks a track asked for.
   * @throws {RangeError} If an option is out of range.
   */
  decode(path: string, options?: DecodeOptions): Promise<DecodedClip>;

  /**
   * Says what a clip is: decodes all its sound, none of its picture.
   *
   * @throws {MediaError} If the file cannot be read, is truncated, or has neither picture nor sound.
   */
  inspect(path: string): Promise<ClipInfo>;

  /** Stops the workers. Clips still being decoded fail. Closing twice is allowed. */
  close(): Promise<void>;
}

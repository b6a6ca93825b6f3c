/** What is right for one track of an odd file: that it is used, is silent, is not there, or why it cannot be used. */
export type TrackVerdict = "used" | "silent" | "absent" | RegExp;

/** A file as people really have them, and what is right for it. */
export interface OddFile {
  /** What is odd about it, with the extension of such files. */
  readonly name: string;
  /** The file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Why the whole file is refused. */
  readonly refused?: RegExp;
  /** What becomes of its sound; nothing where the file is refused. */
  readonly sound?: TrackVerdict;
  /** What becomes of its picture; nothing where the file is refused. */
  readonly picture?: TrackVerdict;
  /** Each of these is said, and nothing is said where there is none. */
  readonly warnings?: readonly RegExp[];
  /** The sound against the clean signal. */
  readonly heard?: {
    /** How many times as loud it is. Default: 1. */
    readonly gain?: number;
    /** How many seconds later it comes. Default: 0. */
    readonly lag?: number;
    /** Length in seconds. Default: that of the clean signal. */
    readonly seconds?: number;
    /** How exactly this is to hold: the gain as a part, the lag in seconds, the length in seconds. */
    readonly within?: { readonly gain?: number; readonly lag?: number; readonly seconds?: number };
  };
  /** What is to be seen: the clean film. */
  readonly shown?: {
    /** Width at which the picture is shown, in pixels. */
    readonly width: number;
    /** Height at which it is shown, in pixels. */
    readonly height: number;
    /** The file that shows the very same pictures. Default: the film as it is usually stored. */
    readonly like?: string;
    /** How far a prediction may be off where the codec loses detail. Default: 0.02. */
    readonly within?: number;
  };
}

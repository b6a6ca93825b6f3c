/** What the name of a file promises of its tracks. */
export interface ClipTracks {
  /** Whether it has a picture. */
  readonly picture: boolean;
  /** Whether somebody is heard, there is a sound track of silence, or there is none. */
  readonly sound: "spoken" | "silent" | "none";
}

/** A part of a recording, in seconds from its start. */
export interface ClipSpan {
  /** Where it begins. */
  readonly start: number;
  /**
   * Where it ends.
   *
   * @default {the end of the recording}
   */
  readonly end?: number;
}

/** A side of a split that a list of clips states itself. */
export type ClipPart = "train" | "dev" | "test";

/** One clip of a corpus, as its name or its line in a list tells of it. */
export interface Clip {
  /** Absolute path of the file. */
  readonly path: string;
  /**
   * How results name it: its path relative to the corpus folder, always with `/` between its parts; after
   * the path of a part of a recording stands its span, such as `#t=1.5,3`.
   */
  readonly file: string;
  /** What it is called within its corpus: files of one name are copies of each other. */
  readonly name: string;
  /** Name of its corpus, as the registry has it. */
  readonly corpus: string;
  /** The class. */
  readonly label: string;
  /** Who speaks: unique within the corpus. */
  readonly speaker: string;
  /** The take that it records: files of one take share it. */
  readonly take: string;
  /** What it should hold. */
  readonly tracks: ClipTracks;
  /** What else the corpus knows of it, such as `sex` or `intensity`. */
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * The part of the file that it is.
   *
   * @default {the whole file}
   */
  readonly span?: ClipSpan;
  /**
   * The side that its list puts it on.
   *
   * @default {none}
   */
  readonly part?: ClipPart;
  /**
   * Files of the same name in other folders, in path order: the first that can be read stands for all.
   *
   * @default {[]}
   */
  readonly copies?: readonly Clip[];
}

/** A file that was left out, and why. */
export interface SkippedFile {
  /** Path relative to the corpus folder, always with `/` between its parts. */
  readonly file: string;
  /** One line for people: what is wrong with it. */
  readonly reason: string;
}

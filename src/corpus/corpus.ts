import type { Seen } from "../modality.ts";
import type { Clip, SkippedFile } from "./clip.ts";
import type { OldNames } from "./old_names.ts";
import type { Publication } from "./published.ts";
import type { CorpusWords } from "./words.ts";

/** What the names of files tell. */
export interface ReadClips {
  /** The clips, in any order, copies of one name apart. */
  readonly clips: readonly Clip[];
  /** Files that are none, and why. */
  readonly skipped: readonly SkippedFile[];
}

/** A way to choose clips of a corpus; tasks make a flag of it. */
export interface ClipFilterOption {
  /** Its name in `config.filter`. */
  readonly key: string;
  /** Its flag, without dashes; corpora that have the same flag have the same key. */
  readonly flag: string;
  /** What the flag's value is, for help. */
  readonly description: string;
  /** What is compared: `speaker`, `label`, or the name of an attribute. */
  readonly reads: string;
  /**
   * Reads the flag's value.
   *
   * @throws {FlagValueError} If it is not allowed.
   */
  readonly parse: (text: string) => readonly (string | number)[];
}

/** Folds that somebody published. */
export interface FoldPreset {
  /** Its name in flags and results. */
  readonly name: string;
  /** The speakers of each test fold. */
  readonly speakers: readonly (readonly string[])[];
  /** Whose they are. */
  readonly source: string;
}

/** An attribute that descriptions of a folder count. */
export interface CountedAttribute {
  /** Name of the counts in the description. */
  readonly key: string;
  /** Name of the attribute. */
  readonly attribute: string;
  /** Its values, the usual one first. */
  readonly values: readonly string[];
}

/** What the card of a model says of the corpus that it was trained on. */
export interface CorpusCardTexts {
  /** What the corpus is called. */
  readonly name: string;
  /** Terms of the corpus. */
  readonly licence: string;
  /** What these terms mean for weights that were fitted to it. */
  readonly weights: string;
  /**
   * What a model of it cannot do.
   *
   * @param people Its speakers with their number, such as `4 speakers`.
   * @param samples How many samples the model was fitted to.
   */
  readonly limits: (people: string, samples: number) => string;
}

/** A corpus: how its files are named, and what is known of it. */
export interface Corpus {
  /** Its name in the registry, in flags and results. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** The labels that it may have, in the order in which results list them. */
  readonly labels: readonly string[];
  /** What it calls speakers, takes and labels. */
  readonly words: CorpusWords;
  /** A file's name without folder and extension, to show what names look like. */
  readonly example: string;
  /** Ways to choose clips, in the order in which `config.filter` lists them. */
  readonly filters: readonly ClipFilterOption[];
  /** Folds that were published for it. */
  readonly folds: readonly FoldPreset[];
  /** Attributes that descriptions of a folder count. */
  readonly counted: readonly CountedAttribute[];
  /**
   * Attributes that hold what most people named who met the voice of a clip, its face, or both: a label, or
   * several with `|` between them for a tie. Default: nobody was asked.
   */
  readonly votes?: Readonly<Partial<Record<Seen, string>>>;
  /** What cards of models say of it. */
  readonly card: CorpusCardTexts;
  /** Where its authors publish it for everybody. Default: nowhere. */
  readonly publication?: Publication;
  /** What its results called fields before there was any other corpus. Default: nothing. */
  readonly oldNames?: OldNames;

  /** Whether a file is named as one of this corpus, by its path relative to the corpus folder. */
  isNamed(file: string): boolean;

  /**
   * The take that a file of another kind shows, such as one of landmarks, by its name without extension;
   * undefined where the name is none of this corpus.
   */
  takeOf(name: string): string | undefined;

  /**
   * Reads what the names of files tell, and files of the corpus that list more.
   *
   * @param root Absolute path of the corpus folder.
   * @param files Its media files, relative to it, with `/` between their parts, sorted.
   */
  readClips(root: string, files: readonly string[]): Promise<ReadClips>;
}

import type { ClipPart } from "../corpus/clip.ts";
import type { FoldPreset } from "../corpus/corpus.ts";
import type { CorpusWords } from "../corpus/words.ts";
import type { FoldPlan } from "./fold_plan.ts";
import type { LeakId } from "./leak_id.ts";

/** What a protocol needs to know of a sample. */
export interface ProtocolSample {
  /** Index of its class, from 0. */
  readonly label: number;
  /**
   * Name of the class, for messages.
   *
   * @default {its index}
   */
  readonly className?: string;
  /** Who speaks. */
  readonly speaker: string;
  /** Which take it shows; the files of one take share it. */
  readonly take: string;
  /**
   * The side that its list puts it on.
   *
   * @default {none}
   */
  readonly part?: ClipPart;
  /**
   * The corpus that it is of.
   *
   * @default {all samples are of one}
   */
  readonly corpus?: string;
  /**
   * What else is known of it, by name.
   *
   * @default {nothing}
   */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A field of a matrix of corpora: what was learned from and what was tested. */
export interface Cell {
  /** The corpus that was learned from, or {@linkcode OTHERS}. */
  readonly train: string;
  /** The corpus that was tested. */
  readonly test: string;
}

/** What a cell calls all corpora but the tested one, pooled. */
export const OTHERS = "others";

/** One division of the samples. */
export interface Split {
  /** Short name, unique within the run, fit for a file name. */
  readonly name: string;
  /** Numbers of the training samples, ascending. */
  readonly train: Int32Array;
  /** Numbers of the test samples, ascending. */
  readonly test: Int32Array;
  /**
   * The field of a matrix of corpora that it is of; the folds of one field are pooled.
   *
   * @default {there is no matrix}
   */
  readonly cell?: Cell;
  /**
   * Whether its results stand in the matrix alone, and not in the rows of the table.
   *
   * @default {false}
   */
  readonly aside?: boolean;
}

/** Options of {@linkcode Protocol.splits}. */
export interface SplitOptions {
  /**
   * How the samples are divided. Left out, the protocol divides them in its own way.
   *
   * @default {undefined}
   */
  folds?: FoldPlan;
  /** Seed of every random choice. */
  seed: number;
  /**
   * What messages and names of folds call speakers and takes.
   *
   * @default {GENERAL_WORDS}
   */
  words?: CorpusWords;
  /**
   * Published folds that `folds` may name.
   *
   * @default {[]}
   */
  presets?: readonly FoldPreset[];
}

/** How an experiment is divided into what is learned from and what is tested on. */
export interface Protocol {
  /** The protocol's name in flags and files. */
  readonly name: string;
  /**
   * Another name that flags and settings may give.
   *
   * @default {none}
   */
  readonly otherName?: string;
  /** One sentence for help and reports. */
  readonly description: string;
  /** What inner folds of a training set keep together, where it has enough of them. */
  readonly innerGroup: "speaker" | "take";
  /** Whether the files of one take are one sample. Otherwise every file is a sample. */
  readonly mergeTwins: boolean;
  /** Whether the head of the face features is trained on the frames of all clips, test clips included. */
  readonly headOnAllClips: boolean;
  /** Whether the late-fusion feature networks are trained on all clips, test clips included. */
  readonly featureNetworksOnAllClips: boolean;
  /** Whether leaks are listed with the results. Otherwise there must be none: a run with one fails. */
  readonly listsLeaks: boolean;
  /**
   * Whether models are judged on other corpora than they learned from. The classes are then those that all
   * corpora have, and recipes normalise by corpus too.
   *
   * @default {false}
   */
  readonly acrossCorpora?: boolean;
  /** Leaks that the protocol says of itself: to be known, but no reason to distrust a result. */
  readonly discloses: readonly LeakId[];
  /** What the card of a model says of numbers that come from this protocol, a sentence each. */
  readonly limits: readonly string[];
  /** Speakers from which on it says more of a model than of who happened to be drawn. */
  readonly fewestSpeakers: number;
  /**
   * Names of the recipes that a run follows unless it is told which.
   *
   * @default {all but those that are followed on request only}
   */
  readonly recipes?: readonly string[];

  /**
   * How test samples are new, to follow "recognises 80 % of clips"; empty where they are not.
   *
   * @param words What the corpus calls speakers and takes.
   */
  unseen(words: CorpusWords): string;

  /**
   * Why the protocol cannot divide samples by `plan`, in a sentence; undefined where it can.
   *
   * @param words What the corpus calls speakers and takes.
   */
  refuses(plan: FoldPlan, words?: CorpusWords): string | undefined;

  /**
   * Divides `samples`. The same samples in the same order and the same seed give the same splits.
   *
   * @throws {ProtocolError} If the samples or the folds do not allow it.
   * @throws {LeakError} If a user's own folds put something on both sides that the protocol keeps apart.
   */
  splits(samples: readonly ProtocolSample[], options: SplitOptions): Split[];
}

import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import { type ClipFile, type ClipOutcome, whyNothing } from "../clip_file.ts";
import { clipKey } from "./clip_key.ts";
import { PartialResults } from "./partial_results.ts";
import type { ClipResult } from "./result_format.ts";
import { writeResults } from "./write_results.ts";

/** A clip, and what tells its results from all others. */
interface KeyedClip {
  readonly clip: ClipFile;
  readonly key: string;
}

/** How results are written. */
export interface ResultsFileOptions {
  /** Absolute path of the file or folder. */
  readonly path: string;
  /** Tells model and options from others: what they give is told apart. */
  readonly run: string;
  /** All clips that the results are of, in their order. */
  readonly clips: readonly ClipFile[];
}

/**
 * Results of many clips on their way to a file. What is known of a clip is written at once, to a file beside it with
 * `.partial` after its name, and put in order when all are known: neither a run that is killed loses what it has found,
 * nor does one of a thousand clips hold them in memory.
 */
export class ResultsFile {
  readonly #path: string;
  readonly #clips: readonly KeyedClip[];
  readonly #partial: PartialResults;

  private constructor(path: string, clips: readonly KeyedClip[], partial: PartialResults) {
    this.#path = path;
    this.#clips = clips;
    this.#partial = partial;
  }

  /**
   * Opens the partial file, and finds in it what an earlier run has left.
   *
   * @throws {PartialResultsError} If another run writes it, or it holds something else.
   */
  static async open({ path, run, clips }: ResultsFileOptions): Promise<ResultsFile> {
    const keyed: KeyedClip[] = [];
    for (const clip of clips) keyed.push({ clip, key: await clipKey(clip, run) });
    return new ResultsFile(path, keyed, await PartialResults.open(`${path}.partial`));
  }

  /** The clips that are still to be predicted, in their order: those that failed before are tried again. */
  get waiting(): ClipFile[] {
    return this.#clips.filter(({ key }) => !this.#partial.has(key)).map(({ clip }) => clip);
  }

  /** Keeps what became of a clip. */
  async add(clip: ClipFile, outcome: ClipOutcome): Promise<void> {
    const { key } = this.#clips.find((keyed) => keyed.clip === clip)!;
    const failed = whyNothing(outcome) !== undefined;
    await this.#partial.add({ key, failed, parts: outcome.parts });
  }

  /**
   * Writes the results of all clips, and removes the partial file unless it holds others: of clips that this run was not
   * asked for, of another model or of other options.
   *
   * @returns How many others.
   */
  async finish(card: ModelCard): Promise<number> {
    await writeResults(this.#path, card, this.#results());
    const own = new Set(this.#clips.map(({ key }) => key));
    const others = [...this.#partial.keys].filter((key) => !own.has(key)).length;
    if (others === 0) await this.#partial.remove();
    return others;
  }

  /** Leaves the partial file for another run. */
  async close(): Promise<void> {
    await this.#partial.close();
  }

  async *#results(): AsyncGenerator<ClipResult> {
    for (const { clip, key } of this.#clips) {
      const kept = await this.#partial.read(key);
      if (kept) yield { clip, parts: kept.parts };
    }
  }
}

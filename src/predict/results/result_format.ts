import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import type { ClipFile, PredictedPart } from "../clip_file.ts";

/** A clip with what is said of it. */
export interface ClipResult {
  /** The clip. */
  readonly clip: ClipFile;
  /** What is said of it, or of its parts. */
  readonly parts: readonly PredictedPart[];
}

/** Results of clips, in their order, one after the other. */
export type ClipResults = AsyncIterable<ClipResult>;

/** A way to write results to one file. */
export interface ResultFormat {
  /** Whether it is of one recording, of which it names the times of parts. */
  readonly timed: boolean;
  /** The text of the file, in parts. */
  format(card: ModelCard, results: ClipResults): AsyncIterable<string>;
}

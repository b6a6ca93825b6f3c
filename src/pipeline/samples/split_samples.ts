import type { Corpus } from "../../corpus/corpus.ts";
import type { Protocol, Split } from "../../split/protocol.ts";
import type { RunConfig } from "../config.ts";
import type { Sample } from "./samples.ts";

/** What a sample is put into folds by. */
export type SplitFacts = Pick<
  Sample,
  "speaker" | "label" | "take" | "part" | "corpus" | "attributes"
>;

/**
 * Splits samples by the protocol.
 *
 * @param corpus What calls speakers and takes by their names, and has folds that were published.
 * @param takes The take that each sample shows: samples of one take are never on two sides.
 *
 * @throws {ProtocolError} If the protocol cannot split these samples.
 */
export function splitSamples(
  { folds, seed }: RunConfig,
  protocol: Protocol,
  samples: Iterable<SplitFacts>,
  classes: readonly string[],
  { words, folds: presets }: Pick<Corpus, "words" | "folds">,
  takes?: readonly string[],
): Split[] {
  return protocol.splits(
    Array.from(samples, ({ speaker, label, take, part, corpus, attributes }, i) => ({
      label: classes.indexOf(label),
      className: label,
      speaker,
      take: takes?.[i] ?? take,
      part,
      corpus,
      attributes,
    })),
    { folds: folds ?? undefined, seed, words, presets },
  );
}

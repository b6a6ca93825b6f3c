import type { Corpus } from "../../corpus/corpus.ts";
import type { LabelMap } from "../../corpus/label_maps/label_map.ts";
import { rateVotes, type VoteScores } from "../../evaluate/rate_votes.ts";
import { modalitiesOf, type RunModality, type Seen } from "../../modality.ts";
import type { Sample } from "../samples/samples.ts";

/** How well people named the emotions of the test samples. */
export interface PeopleScores extends VoteScores {
  /** What they met: the voice, the face, or both. */
  readonly modality: Seen;
}

/** What {@linkcode ratePeople} is told of a run. */
export interface PeopleOptions {
  /** What the run's models see: people are scored on the same, and on each modality of it. */
  readonly modality: RunModality;
  /** The label map of the run, which votes go through too; a vote that it lacks is wrong. */
  readonly labelMap?: LabelMap;
}

/**
 * How well people named the emotions of samples whose corpus has votes; nothing where none has.
 *
 * @param samples The test samples, each once.
 */
export function ratePeople(
  { votes = {} }: Pick<Corpus, "votes">,
  samples: readonly Pick<Sample, "label" | "attributes">[],
  { modality, labelMap }: PeopleOptions,
): PeopleScores[] {
  const met: Seen[] = [...modalitiesOf(modality), ...(modality === "av" ? ["fused" as const] : [])];
  return met.flatMap((seen) => {
    const attribute = votes[seen];
    if (attribute === undefined) return [];
    const scores = rateVotes(
      samples.map(({ label }) => label),
      samples.map(({ attributes }) => namedBy(attributes[attribute], labelMap)),
    );
    return scores ? [{ modality: seen, ...scores }] : [];
  });
}

/** The labels of a vote, each once: two that a map makes one are no tie. */
function namedBy(vote: string | undefined, labelMap: LabelMap | undefined): string[] {
  if (vote === undefined || vote === "") return [];
  const labels = vote.split("|");
  return [...new Set(labelMap ? labels.map((label) => labelMap.labels[label] ?? "") : labels)];
}

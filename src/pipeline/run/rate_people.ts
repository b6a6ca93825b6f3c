import type { Corpus } from "../../corpus/corpus.ts";
import type { LabelMap } from "../../corpus/label_maps/label_map.ts";
import { rateVotes, type VoteScores } from "../../evaluate/rate_votes.ts";
import { voteInterval } from "../../evaluate/vote_interval.ts";
import { modalitiesOf, type RunModality, type Seen } from "../../modality.ts";
import type { Sample } from "../samples/samples.ts";

/** How well people named the emotions of the test samples. */
export interface PeopleScores extends VoteScores {
  /** What they met: the voice, the face, or both. */
  readonly modality: Seen;
  /** 95 % interval of the UAR by a bootstrap over the speakers; null of one speaker. */
  readonly uarCi95: readonly [low: number, high: number] | null;
}

/** What {@linkcode ratePeople} is told of a run. */
export interface PeopleOptions {
  /** What the run's models see: people are scored on the same, and on each modality of it. */
  readonly modality: RunModality;
  /** The label map of the run, which votes go through too; a vote that it lacks is wrong. */
  readonly labelMap?: LabelMap;
}

/** Where a corpus keeps votes. */
export type Voted = Pick<Corpus, "votes">;

/**
 * How well people named the emotions of samples whose corpus has votes; nothing where none has.
 *
 * @param samples The test samples, each once.
 * @param seed Seed of the bootstrap.
 */
export function ratePeople(
  { votes }: Voted,
  samples: readonly Pick<Sample, "label" | "attributes" | "speaker">[],
  { seed, ...options }: PeopleOptions & { readonly seed: number },
): PeopleScores[] {
  const truths = samples.map(({ label }) => label);
  const speakers = samples.map(({ speaker }) => speaker);
  return votesOf({ votes, ...options }, samples).flatMap(({ modality, votes: named }) => {
    const scores = rateVotes(truths, named);
    if (!scores) return [];
    return [{ modality, ...scores, uarCi95: voteInterval(truths, named, speakers, { seed }) }];
  });
}

/** What people named of each sample, by what they met of it; nothing where the corpus has no votes. */
export function votesOf(
  { votes = {}, modality, labelMap }: PeopleOptions & Voted,
  samples: readonly Pick<Sample, "attributes">[],
): { readonly modality: Seen; readonly votes: readonly (readonly string[])[] }[] {
  const met: Seen[] = [...modalitiesOf(modality), ...(modality === "av" ? ["fused" as const] : [])];
  return met.flatMap((seen) => {
    const attribute = votes[seen];
    if (attribute === undefined) return [];
    const named = samples.map(({ attributes }) => namedBy(attributes[attribute], labelMap));
    return [{ modality: seen, votes: named }];
  });
}

/** The labels of a vote, each once: two that a map makes one are no tie. */
function namedBy(vote: string | undefined, labelMap: LabelMap | undefined): string[] {
  if (vote === undefined || vote === "") return [];
  const labels = vote.split("|");
  return [...new Set(labelMap ? labels.map((label) => labelMap.labels[label] ?? "") : labels)];
}

import type { Corpus, CorpusCardTexts } from "../corpus/corpus.ts";
import { SYNTHETIC_CARD } from "../corpus/synthetic/card.ts";
import type { RunConfig } from "../pipeline/config.ts";
import { findProtocol } from "../split/protocols/registry.ts";
import type { NetworkCard } from "../recognize/bundle/model_card.ts";

/** What every model that Emofuse trains is for. */
export const INTENDED_USE =
  "Research and teaching on how acted emotion is expressed by voice and face, and prototypes whose " +
  "users know of the recogniser and agree to it.";

/** What a card says of a corpus. The synthetic one has the names of another. */
export function cardTexts({ card }: Corpus, synthetic: boolean): CorpusCardTexts {
  return synthetic ? SYNTHETIC_CARD : card;
}

/** Terms of the fitted weights, with those of the networks inside the bundle. */
export function weightTerms(
  { weights }: CorpusCardTexts,
  networks: readonly NetworkCard[] = [],
): string {
  return [weights, ...networks.map(({ name, licence }) => `${name}: ${licence}.`)].join(" ");
}

/** What a face that is known by landmark files cannot do: docs/faces.md has what was measured. */
const LANDMARK_LIMITS = "Its face part goes by landmark files as it was trained on and takes no " +
  "pictures: points that another network finds differ from them so much, and differently for each " +
  "person, that it is seldom right by them.";

/**
 * What the model cannot do and must not be used for.
 *
 * @param ofCorpus What follows from the corpus.
 * @param run The protocol that judged it, and what its faces were known by.
 */
export function limitsOf(
  ofCorpus: string,
  { protocol, modality, landmarks }: Pick<RunConfig, "protocol" | "modality" | "landmarks">,
): string[] {
  return [
    ofCorpus,
    ...modality !== "audio" && landmarks === "files" ? [LANDMARK_LIMITS] : [],
    ...findProtocol(protocol).limits,
    "It names what an expression resembles, not what somebody feels.",
    "Probabilities are calibrated on the speakers of its corpus, not on other recordings.",
    "Not for decisions about people (hiring, schooling, credit, policing, health), and not where " +
    "the law forbids emotion recognition, as the EU AI Act does at work and in schools.",
  ];
}

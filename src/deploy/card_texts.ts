import { findProtocol } from "../evaluate/protocols/registry.ts";
import type { Results } from "../pipeline/results.ts";
import type { NetworkCard } from "../recognize/model_card.ts";

/** What a run says of its corpus. */
type Corpus = Results["corpus"];

/** What every model that Emofuse trains is for. */
export const INTENDED_USE =
  "Research and teaching on how acted emotion is expressed by voice and face, and prototypes whose " +
  "users know of the recogniser and agree to it.";

/** The corpus's name. Every clip of a run is named as RAVDESS names them. */
export function corpusName({ synthetic }: Corpus): string {
  return synthetic ? "Emofuse's synthetic demo corpus" : "RAVDESS (by the names of its clips)";
}

/** Terms of the corpus. */
export function corpusTerms({ synthetic }: Corpus): string {
  return synthetic
    ? "none: drawn faces and synthesised voices"
    : "CC BY-NC-SA 4.0 (S. R. Livingstone and F. A. Russo, PLoS ONE 13(5), 2018, " +
      "https://doi.org/10.5281/zenodo.1188976), if the clips are what their names say";
}

/** Terms of the fitted weights, with those of the networks inside the bundle. */
export function weightTerms(corpus: Corpus, networks: readonly NetworkCard[] = []): string {
  const own = corpus.synthetic
    ? "The fitted weights hold nothing of real people."
    : "The fitted weights were trained on RAVDESS (CC BY-NC-SA 4.0: attribution, no commercial " +
      "use, share alike) and inherit these limits; its authors license commercial use separately.";
  return [own, ...networks.map(({ name, licence }) => `${name}: ${licence}.`)].join(" ");
}

/** What the model cannot do and must not be used for. */
export function limitsOf({ synthetic, actors, samples }: Corpus, protocol: string): string[] {
  const people = `${actors.length} ${actors.length === 1 ? "actor" : "actors"}`;
  return [
    ...(synthetic
      ? ["Trained on drawn faces and synthesised voices: it knows nothing of people."]
      : [
        `Trained on ${samples} short clips by ${people} who act, in North American English and in ` +
        "a studio: expect less on spontaneous speech, other languages, noise, other light and " +
        "other people than the protocol's numbers say.",
      ]),
    ...findProtocol(protocol).limits,
    "It names what an expression resembles, not what somebody feels.",
    "Probabilities are not calibrated on other recordings.",
    "Not for decisions about people (hiring, schooling, credit, policing, health), and not where " +
    "the law forbids emotion recognition, as the EU AI Act does at work and in schools.",
  ];
}

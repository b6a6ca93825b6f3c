import { temper } from "../../evaluate/confidence/temper.ts";
import type { Seen } from "../../modality.ts";
import type { ModelCard } from "../bundle/model_card.ts";
import type { Flaw } from "../prediction.ts";

/** The temperature of the probabilities of each combination of modalities. */
export type Temperatures = Readonly<Record<Seen, number>>;

/** The temperatures that a card states; 1, which changes nothing, where it states none. */
export function temperaturesOf({ calibration = [] }: Pick<ModelCard, "calibration">): Temperatures {
  const stated = calibration.map(({ modality, temperature }) => [modality, temperature]);
  return { audio: 1, video: 1, fused: 1, ...Object.fromEntries(stated) };
}

/** What the modalities of a window gave, and what they give together. */
interface Given {
  readonly audio?: Float32Array | Flaw;
  readonly video?: Float32Array | Flaw;
  readonly fused?: Float32Array;
}

/**
 * Probabilities as sure as they are right: each modality's, and what both give together, at its own temperature.
 * Where one modality is alone, what is given is its own.
 */
export function calibrate({ audio, video, fused }: Given, temperatures: Temperatures): Given {
  const at = (given: Float32Array, seen: Seen) => temper(given, given.length, temperatures[seen]);
  const own = (given: Float32Array | Flaw | undefined, seen: Seen) =>
    given instanceof Float32Array ? at(given, seen) : given;
  const both = audio instanceof Float32Array && video instanceof Float32Array;
  const together = both ? "fused" : audio instanceof Float32Array ? "audio" : "video";
  return {
    audio: own(audio, "audio"),
    video: own(video, "video"),
    fused: fused && at(fused, together),
  };
}

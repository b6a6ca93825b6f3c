import { Random } from "../../numeric/random.ts";
import type { RavdessName } from "../ravdess/fields.ts";
import { performanceId } from "../ravdess/name.ts";
import type { SyntheticActor } from "./actor.ts";

/** How one take is played: how much of the emotion reaches the face, and how much the voice. */
export interface Delivery {
  /** Anger in the face, 0 to about 1.2. */
  readonly anger: number;
  /** Soft smile, 0 to about 1. */
  readonly smile: number;
  /** Arousal of the voice: 0 subdued, 1 shouting. */
  readonly arousal: number;
  /** Recording level of this take, in dB. */
  readonly level: number;
  /** Length of the clip in seconds. */
  readonly seconds: number;
  /** When the speech starts, in seconds. */
  readonly speechStart: number;
}

/**
 * Draws how a take is played. Face and voice are drawn apart, each with a spread that makes the two
 * emotions overlap: a take may sound calm and look angry, so that neither modality alone tells all
 * takes apart and both together do better, as with people.
 */
export function drawDelivery(seed: number, name: RavdessName, actor: SyntheticActor): Delivery {
  const random = new Random(seed).derive(`delivery ${performanceId(name)}`);
  const isAngry = name.emotion === "angry";
  const isStrong = name.intensity === "strong";
  const draw = (calm: number, angry: number, strong: number, spread: number) => {
    const mean = isAngry ? angry + (isStrong ? strong : 0) : calm - (isStrong ? strong / 3 : 0);
    return Math.min(1.2, Math.max(0, actor.expressiveness * (mean + spread * random.normal())));
  };
  return {
    anger: draw(0.12, 0.74, 0.2, 0.17),
    smile: Math.min(1, Math.max(0, (isAngry ? 0.06 : 0.5) + 0.22 * random.normal())),
    arousal: draw(0.22, 0.62, 0.18, 0.14),
    level: 2 * random.normal(),
    seconds: random.uniform(2.6, 3),
    speechStart: random.uniform(0.15, 0.4),
  };
}

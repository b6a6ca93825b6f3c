import { temper } from "../evaluate/confidence/temper.ts";
import type { Seen } from "../modality.ts";
import { type Temperatures, temperaturesOf } from "../recognize/sure/calibrate.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import type { Answers } from "./ask_about.ts";
import type { FaceCalibration } from "./calibrate_face.ts";
import { type Judged, type Measured, measureJudged } from "./measure_judged.ts";

/** How well clips were judged by a modality, or by both. */
export interface MeasuredRow extends Measured {
  /** By what. */
  readonly modality: Seen;
  /**
   * Whether by human's expression network, to which nothing was fitted, for comparison.
   *
   * @default {false}
   */
  readonly untrained?: boolean;
}

/** What a recogniser makes of clips, by what it goes by. */
export interface MeasuredClips {
  /** What they are called. */
  readonly name: string;
  /** Clips of which nothing could be recognised. */
  readonly failed: number;
  /** Voice, face and both, as far as the clips and the recogniser have them. */
  readonly rows: readonly MeasuredRow[];
}

/** Whose answers they are, and how they are taken. */
export interface MeasureClipsOptions {
  /** What the clips are called. */
  readonly name: string;
  /** The card of the model that answered. */
  readonly card: ModelCard;
  /**
   * The temperatures of speakers by whose films others' were found.
   *
   * @default {nobody's films were used}
   */
  readonly withoutSpeaker?: FaceCalibration["withoutSpeaker"];
}

/**
 * Measures what a model said of clips. What both modalities say together is measured on the clips of which both were
 * used; what one says alone, on the clips whose label it knows.
 */
export function measureClips(
  { failed, judged }: Answers,
  { name, card, withoutSpeaker }: MeasureClipsOptions,
): MeasuredClips {
  const { labels } = card;
  const given = temperaturesOf(card);
  const rows = (["audio", "video", "fused"] as const).flatMap((modality) => {
    const said = judged.get(modality)?.map((one): Judged => {
      const own: Partial<Temperatures> = withoutSpeaker?.get(one.speaker) ?? {};
      const ratio = (own[modality] ?? given[modality]) / given[modality];
      // Of a clip of one window the same as if the card had the speaker's temperature.
      const probabilities = temper(Float32Array.from(one.probabilities), labels.length, ratio);
      return ratio === 1 ? one : { ...one, probabilities };
    });
    return said ? [{ modality, ...measureJudged(said, labels.length) }] : [];
  });
  return { name, failed, rows };
}

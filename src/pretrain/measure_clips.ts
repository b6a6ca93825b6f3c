import { temper } from "../evaluate/confidence/temper.ts";
import type { Decoder } from "../media/decoder.ts";
import type { Seen } from "../modality.ts";
import type { Recognizer } from "../recognize/recognizer.ts";
import { temperaturesOf } from "../recognize/sure/calibrate.ts";
import { askAbout, type ClipsToMeasure } from "./ask_about.ts";
import type { FaceCalibration } from "./calibrate_face.ts";
import { type Judged, type Measured, measureJudged } from "./measure_judged.ts";

/** What a recogniser makes of clips, by what it goes by. */
export interface MeasuredClips {
  /** What they are called. */
  readonly name: string;
  /** Clips of which nothing could be recognised. */
  readonly failed: number;
  /** Voice, face and both, as far as the clips and the recogniser have them. */
  readonly rows: readonly (Measured & { readonly modality: Seen })[];
}

/** What asks, and how. */
export interface MeasureClipsOptions {
  /** What is asked. */
  readonly recognizer: Recognizer;
  /** What decodes the clips. */
  readonly decoder: Decoder;
  /**
   * The temperatures of speakers by whose films others' were found.
   *
   * @default {nobody's films were used}
   */
  readonly withoutSpeaker?: FaceCalibration["withoutSpeaker"];
  /** Told how many clips are done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Asks a recogniser about clip files, as `deno task predict` does, and measures what it says. What both modalities say
 * together is measured on the clips of which both were used; what one says alone, on the clips whose label it knows.
 */
export async function measureClips(
  clips: ClipsToMeasure,
  { recognizer, decoder, withoutSpeaker, onProgress }: MeasureClipsOptions,
): Promise<MeasuredClips> {
  const { failed, judged } = await askAbout(recognizer, decoder, clips, onProgress);
  const { labels } = recognizer.card;
  const given = temperaturesOf(recognizer.card);
  const rows = (["audio", "video", "fused"] as const).flatMap((modality) => {
    const said = judged.get(modality)?.map((one): Judged => {
      const other = modality === "audio" ? undefined : withoutSpeaker?.get(one.speaker)?.[modality];
      if (other === undefined) return one;
      // Of a clip of one window the same as if the card had the other temperature.
      const probabilities = Float32Array.from(one.probabilities);
      const again = temper(probabilities, labels.length, other / given[modality]);
      return { ...one, probabilities: again };
    });
    return said ? [{ modality, ...measureJudged(said, labels.length) }] : [];
  });
  return { name: clips.name, failed, rows };
}

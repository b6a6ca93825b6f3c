import type { Modality } from "../modality.ts";
import type { FaceReport } from "../vision/faces/face_report.ts";

// RAVDESS's own field is called Modality where both are exported together.
export type { Modality as UsedModality } from "../modality.ts";

/** Why a modality that was there could not be used. */
export type Flaw = "no-face" | "silence" | "too-short";

/** What is wrong with a face that was used: see {@linkcode FaceReport}, which counts the looks. */
export type FaceFlag = "several-faces" | "face-missing" | "face-tilted" | "face-doubtful";

/** What is wrong with a clip. */
export type QualityFlag = Flaw | FaceFlag;

/** Probability of each label, or of each that a modality knows, in the order of the card's labels; they sum to 1. */
export type Probabilities = Readonly<Record<string, number>>;

/** What a recogniser says of a clip. */
export interface Prediction {
  /**
   * The label with the highest probability, or `uncertain` where that is below the least confidence that was asked
   * for. In a stream it is empty for a window in which nothing could be recognised; a whole clip like that is an
   * error.
   */
  readonly label: string;
  /** The label with the highest probability, however low it is; empty where nothing could be recognised. */
  readonly likeliest: string;
  /** Probability of each label. */
  readonly probabilities: Probabilities;
  /** What each modality says by itself, of the labels that it knows. */
  readonly modalities: Readonly<Partial<Record<Modality, Probabilities>>>;
  /** The modalities that the prediction goes by. */
  readonly used: readonly Modality[];
  /**
   * Labels that nothing in `used` knows, where there are any: they have the probability 0 because nobody could
   * tell, not because they were ruled out.
   */
  readonly unknown?: readonly string[];
  /** One sentence on what was missing, where the model knows a modality that was not used. */
  readonly fallback?: string;
  /**
   * What is wrong with the clip. `no-face`, `silence` and `too-short` are of a modality that was there and was
   * not used. The others are of the face although it was used, and `face` tells in how many looks: there
   * is another one beside it (`several-faces`), it does not show (`face-missing`), it lies on its side or is
   * upside down (`face-tilted`), or it hardly looks like a face (`face-doubtful`).
   */
  readonly quality: readonly QualityFlag[];
  /** What was seen of the face, where there are frames and the model looks at them: over all windows. */
  readonly face?: FaceReport;
  /** What should be known of the clip although it was used, such as sound that was brought to full scale. */
  readonly warnings: readonly string[];
}

/** What a recogniser says of one window of a longer recording. */
export interface TimedPrediction extends Prediction {
  /** Start of the window, in seconds. */
  readonly start: number;
  /** End of the window, in seconds. */
  readonly end: number;
}

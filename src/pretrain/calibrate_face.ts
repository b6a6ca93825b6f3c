import { distinctSpeakers } from "../corpus/speakers.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { Decoder } from "../media/decoder.ts";
import { type Bundle, encodeBundle } from "../recognize/bundle/bundle.ts";
import type { CalibrationCard } from "../recognize/bundle/model_card.ts";
import { loadRecognizer } from "../recognize/load_recognizer.ts";
import { calibrationOf, type Said, temperatureWithout } from "../train/measure_calibration.ts";
import { type Answers, askAbout, type ClipsToMeasure } from "./ask_about.ts";
import type { Judged } from "./measure_judged.ts";

/** What is scaled: the voice is calibrated already. */
const SCALED = ["video", "fused"] as const;

/** How far what a face says, and what both say together, is to be scaled. */
export interface FaceCalibration {
  /** The entries of the card: of all clips; what is said of errors is by the temperature of the other speakers. */
  readonly entries: readonly CalibrationCard[];
  /** The temperatures by which a speaker, as `speakerKey` has it, is measured: those of the others. */
  readonly withoutSpeaker: ReadonlyMap<string, Readonly<Record<"video" | "fused", number>>>;
  /** What the bundle says of the films before it is scaled. */
  readonly answers: Answers;
}

/**
 * Finds how far probabilities of a bundle's face, and of both together, are to be scaled: by films of speakers that
 * nothing in it was fitted to. Who is among them is measured at the temperature of the others.
 *
 * @throws {RangeError} If the films show fewer than two speakers, or none of both face and voice.
 */
export async function calibrateFace(
  draft: Bundle,
  decoder: Decoder,
  clips: ClipsToMeasure,
  onProgress: (done: number) => void,
): Promise<FaceCalibration> {
  const recognizer = await loadRecognizer(await encodeBundle(draft));
  let answers: Answers;
  try {
    answers = await askAbout(recognizer, decoder, clips, onProgress);
  } finally {
    recognizer.dispose();
  }
  const said = SCALED.map((modality) => toSaid(clips.name, answers.judged.get(modality) ?? []));
  const speakers = distinctSpeakers(said.flatMap(({ folds }) => folds));
  return {
    answers,
    entries: SCALED.map((modality, i) => ({ modality, ...calibrationOf(said[i]) })),
    withoutSpeaker: new Map(speakers.map((speaker) => {
      const [video, fused] = said.map((one) => temperatureWithout(one, speaker));
      return [speaker, { video, fused }];
    })),
  };
}

function toSaid(name: string, judged: readonly Judged[]): Said {
  const folds = judged.map(({ speaker }) => speaker);
  if (new Set(folds).size < 2) {
    throw new RangeError(
      `${name}: films of at least two speakers are needed, each with picture and sound, so that each can be measured ` +
        "at the temperature of the others",
    );
  }
  return {
    truth: Int32Array.from(judged, ({ truth }) => truth),
    given: Matrix.fromRows(judged.map(({ probabilities }) => probabilities)),
    folds,
  };
}

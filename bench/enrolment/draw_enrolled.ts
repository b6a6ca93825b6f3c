import type { Seen } from "../../src/modality.ts";
import type { Matrix } from "../../src/numeric/matrix.ts";
import type { Random } from "../../src/numeric/random.ts";
import type { FittedModel } from "../../src/pipeline/fold/fit_final.ts";
import { expectedSpeaker } from "../../src/recognize/enrol/speaker.ts";

/** What was said of one clip after an enrolment. */
export interface EnrolledPrediction {
  /** Number of the clip. */
  readonly sample: number;
  /** Class that each modality says, and both together. */
  readonly said: ReadonlyMap<Seen, number>;
}

/** How a speaker is enrolled. */
export interface DrawOptions {
  /** Number of clips to enrol by. */
  readonly clips: number;
  /** So many clips count as much as the training set. */
  readonly prior: number;
  /** Draws the clips. */
  readonly random: Random;
}

/**
 * Enrols a speaker by some of the clips, drawn whatever their labels, and predicts the others: the features, the mean
 * and the shift of the recogniser.
 *
 * @param own Numbers of the speaker's clips.
 */
export function drawEnrolled(
  { modalities, rule }: FittedModel,
  own: readonly number[],
  { clips, prior, random }: DrawOptions,
): EnrolledPrediction[] {
  const left = [...own];
  const enrolled = Array.from(
    { length: clips },
    () => left.splice(random.int(left.length), 1)[0],
  );
  const given = new Map<Seen, Matrix>();
  for (const [modality, { classifier, matrix }] of modalities) {
    const mean = new Array<number>(matrix.cols).fill(0);
    for (const i of enrolled) matrix.row(i).forEach((value, f) => mean[f] += value / clips);
    const speaker = expectedSpeaker({ clips, mean }, prior);
    const x = matrix.selectRows(left);
    x.data.forEach((value, i) => x.data[i] = value - speaker[i % matrix.cols]);
    given.set(modality, classifier.predictProba(x));
  }
  if (rule) given.set("fused", rule.combine([...given.values()]));
  const said = [...given].map(([seen, p]) => [seen, p.argMax()] as const);
  return left.map((sample, r) => ({
    sample,
    said: new Map(said.map(([seen, labels]) => [seen, labels[r]])),
  }));
}

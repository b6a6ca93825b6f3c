import { EXPRESSION_NETWORK, EXPRESSIONS } from "../../models/expressions/expression.ts";
import { FACE_API } from "../../models/expressions/face_api.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { EXPRESSION_PEAKS } from "../features/expression_peaks.ts";
import type { PartName } from "../recognize/bundle/bundle.ts";
import type { VideoCard } from "../recognize/bundle/model_card.ts";
import { describeBackbone } from "../vision/load_backbone.ts";
import { PICTURE_SIZES } from "../vision/picture_size.ts";
import { readNetworkParts } from "./network_parts.ts";

/** What a network was trained on and how sure it is. */
interface Trained {
  /** Pictures of each expression in its training set, in the order of {@linkcode EXPRESSIONS}; equal where unknown. */
  readonly pictures: readonly number[];
  /** What its log odds are divided by: docs/faces.md has what was measured. */
  readonly temperature: number;
}

/** The networks that tell expressions. */
const NETWORKS = {
  [EXPRESSION_NETWORK]: {
    // FER2013 (I. J. Goodfellow et al., "Challenges in representation learning", 2013).
    pictures: [3995, 436, 4097, 7215, 4830, 3171, 4965],
    // The best for the pictures of one speaker of RAVDESS is 2, of another 3.
    temperature: 2.5,
  },
  [FACE_API]: { pictures: EXPRESSIONS.map(() => 1), temperature: 3 },
} as const satisfies Readonly<Record<string, Trained>>;

/** The face's part of a bundle. */
export interface FacePart {
  /** What the card says of it. */
  readonly card: VideoCard;
  /** Scaler, classifier, backbone, face detector and face mesh. */
  readonly parts: Readonly<Partial<Record<PartName, SavedModel>>>;
}

/** Settings of {@linkcode expressionFace}. */
export interface ExpressionFaceOptions {
  /**
   * The network that tells expressions.
   *
   * @default {"expression"}
   */
  readonly network?: keyof typeof NETWORKS;
  /**
   * Frames a second that are looked at, at most.
   *
   * @default {10}
   */
  readonly fps?: number;
}

/**
 * A model of the face that nothing was fitted for: a network that tells expressions as it is, as the parts of a bundle.
 *
 * Of a clip it takes the {@linkcode EXPRESSION_PEAKS}. From their log odds it takes those of the classes in
 * the network's training set, if they are known (in FER2013 happy faces are 17 times as many as disgusted ones): what is
 * left is what the picture says where all labels are equally likely (C. Elkan, "The foundations of cost-sensitive learning",
 * IJCAI 2001, theorem 2). Then it divides them by a temperature (C. Guo et al., "On calibration of modern neural
 * networks", ICML 2017). Labels are those of {@linkcode EXPRESSIONS}.
 *
 * @throws {WeightsError} If the files of a network are missing or damaged.
 *
 * @example
 * ```ts
 * import { expressionFace } from "./expression_face.ts";
 * import assert from "node:assert/strict";
 *
 * const { card, parts } = await expressionFace();
 * assert.deepEqual(card.labels?.slice(0, 3), ["angry", "disgust", "fearful"]);
 * assert.equal(parts["video-classifier"]?.model, card.model);
 * ```
 */
export async function expressionFace(
  { network = EXPRESSION_NETWORK, fps = 10 }: ExpressionFaceOptions = {},
): Promise<FacePart> {
  const info = await describeBackbone(network);
  const { backbone, detector, mesh, parts } = await readNetworkParts(
    { backbone: network, crop: "face" },
    info,
    undefined,
  );
  const featureSize = EXPRESSIONS.length - 1;
  return {
    card: {
      features: EXPRESSION_PEAKS.name,
      featureSize,
      model: "logistic-regression",
      labels: EXPRESSIONS,
      backbone,
      detector,
      mesh,
      crop: "face",
      ...PICTURE_SIZES.face,
      stretch: 1,
      fps,
      detection: "changed",
      frameStep: 1,
      frameFill: "repeat",
      kernels: "winograd",
    },
    parts: {
      "video-scaler": unscaled(featureSize),
      "video-classifier": priorFree(NETWORKS[network]),
      ...parts,
    },
  };
}

/** A scaler that leaves features as they are. */
function unscaled(nFeatures: number): SavedModel {
  return {
    model: "standard-scaler",
    settings: { nFeatures },
    tensors: {
      mean: { shape: [nFeatures], data: new Float64Array(nFeatures) },
      scale: { shape: [nFeatures], data: new Float64Array(nFeatures).fill(1) },
    },
  };
}

/** The logistic regression whose scores are the log odds without their prior, divided by the temperature. */
function priorFree({ pictures, temperature }: Trained): SavedModel {
  const nClasses = EXPRESSIONS.length;
  const nFeatures = nClasses - 1;
  const coef = new Float64Array(nClasses * nFeatures);
  for (let c = 0; c < nFeatures; c++) coef[c * nFeatures + c] = 1 / temperature;
  const neutral = pictures[nFeatures];
  const intercept = Float64Array.from(
    pictures,
    (own) => Math.log(neutral / own) / temperature,
  );
  return {
    model: "logistic-regression",
    settings: { nClasses, nFeatures, c: 1, tolerance: 1e-9 },
    tensors: {
      classes: { shape: [nClasses], data: Int32Array.from(EXPRESSIONS, (_, c) => c) },
      coef: { shape: [nClasses, nFeatures], data: coef },
      intercept: { shape: [nClasses], data: intercept },
    },
  };
}

import { EXPRESSIONS } from "../../models/expressions/expression.ts";
import { FACE_API } from "../../models/expressions/face_api.ts";
import { FACE_MESH_FEATURES } from "../../models/face_mesh_features.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { EXPRESSION_GEOMETRY } from "../features/expression_geometry.ts";
import { expressionFace, type FacePart } from "../train/expression_face.ts";
import type { Geometry } from "./fit_geometry.ts";

/**
 * A network that tells expressions, to which nothing was fitted, multiplied with what its geometry says: of each label the probability by the
 * expressions times that by the geometry, made to sum to 1. Both are logistic regressions of the same looks, so that
 * their product is one: coefficients side by side, intercepts added (the logarithmic opinion pool of C. Genest and J. V.
 * Zidek, Statistical Science 1(1), 1986, with weights of 1).
 *
 * @throws {WeightsError} If the files of a network are missing or damaged.
 * @throws {RangeError} If the geometry does not tell the expressions apart, no more and no less.
 */
export async function geometryFace(geometry: Geometry): Promise<FacePart> {
  const { card, parts } = await expressionFace({ network: FACE_API });
  const order = EXPRESSIONS.map((label) => geometry.labels.indexOf(label));
  if (order.includes(-1) || geometry.labels.length !== EXPRESSIONS.length) {
    throw new RangeError(
      `the landmark files show ${geometry.labels.join(", ")}; needed: ${EXPRESSIONS.join(", ")}`,
    );
  }
  const scaler = besideScalers(parts["video-scaler"]!, geometry.scaler);
  const classifier = product(parts["video-classifier"]!, geometry.classifier, order);
  return {
    card: {
      ...card,
      features: EXPRESSION_GEOMETRY.name,
      featureSize: Number(classifier.settings.nFeatures),
      backbone: {
        ...card.backbone,
        featureSize: card.backbone.featureSize + FACE_MESH_FEATURES,
      },
    },
    parts: { ...parts, "video-scaler": scaler, "video-classifier": classifier },
  };
}

function besideScalers(first: SavedModel, second: SavedModel): SavedModel {
  const nFeatures = Number(first.settings.nFeatures) + Number(second.settings.nFeatures);
  const beside = (name: string) => ({
    shape: [nFeatures],
    data: Float64Array.of(...first.tensors[name].data, ...second.tensors[name].data),
  });
  return {
    ...first,
    settings: { ...first.settings, nFeatures },
    tensors: { mean: beside("mean"), scale: beside("scale") },
  };
}

/** @param order Which class of the second each class of the first is. */
function product(first: SavedModel, second: SavedModel, order: readonly number[]): SavedModel {
  const widths = [first, second].map(({ settings }) => Number(settings.nFeatures));
  const nFeatures = widths[0] + widths[1];
  const row = ({ tensors }: SavedModel, c: number, width: number) =>
    tensors.coef.data.subarray(c * width, (c + 1) * width) as Float64Array;
  const coef = new Float64Array(order.length * nFeatures);
  order.forEach((other, c) => {
    coef.set(row(first, c, widths[0]), c * nFeatures);
    coef.set(row(second, other, widths[1]), c * nFeatures + widths[0]);
  });
  const intercept = Float64Array.from(
    order,
    (other, c) => first.tensors.intercept.data[c] + second.tensors.intercept.data[other],
  );
  return {
    ...first,
    settings: { ...first.settings, nFeatures },
    tensors: {
      ...first.tensors,
      coef: { shape: [order.length, nFeatures], data: coef },
      intercept: { shape: [order.length], data: intercept },
    },
  };
}

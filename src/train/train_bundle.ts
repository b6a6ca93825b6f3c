import { BACKBONES } from "../../models/registry.ts";
import { featureSet } from "../features/registry.ts";
import { createDecoder } from "../media/create_decoder.ts";
import { initBackend } from "../nn/backend.ts";
import { FitError } from "../numeric/fit_error.ts";
import type { RunConfig } from "../pipeline/config.ts";
import { type FinalOptions, fitFinal, type FittedModel } from "../pipeline/fold/fit_final.ts";
import type { FinishedRun } from "../pipeline/run/run.ts";
import { rowLabel } from "../report/row_label.ts";
import { type Bundle, encodeBundle } from "../recognize/bundle/bundle.ts";
import type { BundleDtype, ModelCard, RoundingCard } from "../recognize/bundle/model_card.ts";
import { makeCard } from "./make_card.ts";
import { measureCalibration } from "./measure_calibration.ts";
import { measureOnClips, measureOnFeatures } from "./measure_rounding.ts";
import {
  type EarParts,
  type NetworkParts,
  readEarPart,
  readNetworkParts,
} from "./network_parts.ts";

/** How a bundle is trained. */
export interface TrainOptions extends FinalOptions {
  /** How weights are stored. */
  readonly dtype: BundleDtype;
  /**
   * The least confidence below which the label is `uncertain`, where the bundle's user asks for none.
   *
   * @default {none: every clip gets its likeliest label}
   */
  readonly minConfidence?: number;
}

/** A bundle that was trained. */
export interface TrainedBundle {
  /** Its bytes. The same run and options always give the same ones. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its card, as it stands in the bundle. */
  readonly card: ModelCard;
}

/** Before it is measured. */
const UNKNOWN: RoundingCard = { samples: 0, changed: 0, maxDifference: 0, through: "features" };

/**
 * Fits a model on all samples of a run and makes a bundle of it, with a card that quotes the run's
 * results, how sure its models were, and what the rounding of the weights costs.
 *
 * @throws {FitError} If the model could not be fitted in the run, or cannot be to all samples.
 * @throws {WeightsError} If the files of a network are missing or damaged.
 * @throws {BundleError} If the rounded model gives no probabilities.
 */
export async function trainBundle(
  { prepared, results, predictions }: Pick<FinishedRun, "prepared" | "results" | "predictions">,
  options: TrainOptions,
): Promise<TrainedBundle> {
  const [missing] = results.unfitted ?? [];
  if (missing) {
    throw new FitError(
      `${
        rowLabel({ ...missing, recipe: "" })
      } could not be judged, ${missing.reason}: use more clips or another model`,
    );
  }
  const { config, places } = prepared;
  await initBackend({ convolutions: config.kernels });
  const fitted = fitFinal(prepared, options);
  const decoder = await createDecoder(config.decoder);
  try {
    const { dtype, minConfidence } = options;
    const calibration = measureCalibration(fitted, predictions);
    const networks = fitted.modalities.has("video") && config.landmarks === "network"
      ? await readNetworkParts(config, prepared.networks.backbone!, places.weights)
      : undefined;
    const ear = hasEar(fitted)
      ? await readEarPart(prepared.networks.ear!, places.ear!, dtype)
      : undefined;
    const parts = partsOf(fitted, networks, ear);
    const cardOf = (rounding: RoundingCard) =>
      makeCard({
        source: prepared.found.corpus,
        fitted,
        results,
        calibration,
        minConfidence,
        networks,
        ear,
        dtype,
        rounding,
      });
    const draft = await encodeBundle({ card: cardOf(UNKNOWN), parts });
    const card = cardOf(
      looksOtherwise(fitted, config, dtype) || (ear && dtype !== "float32")
        ? await measureOnClips(fitted, draft, prepared, decoder)
        : await measureOnFeatures(fitted, draft),
    );
    return { card, bytes: await encodeBundle({ card, parts }) };
  } finally {
    await decoder.close();
    for (const { classifier } of fitted.modalities.values()) classifier.dispose();
  }
}

/** Whether the voice's features are those of a trained ear. */
function hasEar({ modalities }: FittedModel): boolean {
  const audio = modalities.get("audio");
  return audio !== undefined && featureSet(audio.features).needs === "speech";
}

function partsOf(
  { modalities, head }: FittedModel,
  networks?: NetworkParts,
  ear?: EarParts,
): Bundle["parts"] {
  return {
    ...Object.fromEntries(
      [...modalities].flatMap(([modality, { scaler, classifier }]) => [
        [`${modality}-scaler`, scaler],
        [`${modality}-classifier`, classifier.state()],
      ]),
    ),
    ...(head ? { "video-head": head } : {}),
    ...(ear ? { "audio-ear": ear.part } : {}),
    ...networks?.parts,
  };
}

/** Whether rounding touches what looks at frames: half-precision weights stay as they are in float16. */
function looksOtherwise(
  { modalities }: FittedModel,
  { backbone, landmarks }: RunConfig,
  dtype: BundleDtype,
): boolean {
  const video = modalities.get("video");
  return video !== undefined && landmarks === "network" &&
    (featureSet(video.features).needs === "head" || dtype === "int8" ||
      (dtype === "float16" && BACKBONES[backbone].userWeights !== undefined));
}

import { createFaceHead } from "../../../../models/face_head.ts";
import type { SavedModel } from "../../../classify/model_state.ts";
import type { TrainingSet } from "../../../evaluate/training_set.ts";
import type { Network } from "../../../nn/network.ts";
import { Random } from "../../../numeric/random.ts";
import type { RowSource } from "../../../nn/row_source.ts";
import { trainClassifier } from "../../../nn/train.ts";

/** How the tutorial trains its face head. */
const TRAINING = { batchSize: 128, epochs: 20, learningRate: 1e-4 };

/** Frames of samples, in the order of the samples, as many of each. */
export interface SampleFrames extends RowSource {
  /** Frames a sample. */
  readonly frames: number;
  /** Numbers a frame. */
  readonly featureSize: number;
}

/** A fitted face head. */
export interface FittedHead {
  /** The network, whose feature layer gives the face features. The caller disposes it. */
  readonly network: Network;
  /** What it needs to be rebuilt. */
  readonly state: SavedModel;
}

/**
 * Trains a face head (batch normalisation, 21 ReLU units, softmax) to tell the class of single frames,
 * each labelled as its clip. Frames are read batch by batch, so that memory does not grow with them.
 *
 * @throws {TrainingError} If the training diverges.
 */
export function fitFaceHead(set: TrainingSet<SampleFrames>, seed: number): FittedHead {
  const rows = set.rows();
  const { frames, featureSize } = rows;
  const { nClasses } = set;
  const labels = set.labels();
  const random = new Random(seed);
  const network = createFaceHead({
    inputSize: featureSize,
    nClasses,
    random: random.derive("init"),
  });
  try {
    const source = {
      rows: rows.rows,
      batch: rows.batch,
      labels: Int32Array.from({ length: rows.rows }, (_, row) => labels[Math.floor(row / frames)]),
    };
    const seed = random.derive("training").int(2 ** 32);
    trainClassifier(network, source, { ...TRAINING, seed });
    const settings = { inputSize: featureSize, nClasses, ...TRAINING };
    return {
      network,
      state: { model: "face-head", settings, tensors: network.variables.tensors() },
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

import { createFaceHead } from "../../models/face_head.ts";
import type { ModelState } from "../classify/classifier.ts";
import { Matrix } from "../nn/matrix.ts";
import { predictNetwork } from "../nn/predict.ts";
import { Random } from "../nn/random.ts";
import { trainClassifier } from "../nn/train.ts";
import type { EmbeddingFiles } from "./fold.ts";
import { FrameReader } from "./frame_reader.ts";

/** How the tutorial trains its face head. */
const TRAINING = { batchSize: 128, epochs: 20, learningRate: 1e-4 };

/**
 * The face features of every sample: a head (batch normalisation, 21 ReLU units, softmax) learns to
 * tell the class of single frames of the samples `train`, each labelled as its clip; its 21 units for
 * each frame, frame after frame, are the features (120 x 21 = 2520 numbers with the tutorial's
 * settings). Frames are read from the store batch by batch, so that memory does not grow with them.
 */
export function faceFeatures(
  { files, frames }: EmbeddingFiles,
  labels: Int32Array,
  train: Int32Array,
  nClasses: number,
  seed: number,
): { matrix: Matrix; state: ModelState } {
  const reader = new FrameReader(files);
  const { featureSize } = reader;
  const random = new Random(seed);
  const head = createFaceHead({ inputSize: featureSize, nClasses, random: random.derive("init") });
  try {
    trainClassifier(head, {
      rows: train.length * frames,
      labels: Int32Array.from(
        { length: train.length * frames },
        (_, row) => labels[train[Math.floor(row / frames)]],
      ),
      batch(rows) {
        const out = new Float32Array(rows.length * featureSize);
        rows.forEach((row, i) => {
          const sample = train[Math.floor(row / frames)];
          reader.read(sample, row % frames, out.subarray(i * featureSize, (i + 1) * featureSize));
        });
        return out;
      },
    }, { ...TRAINING, seed: random.derive("training").int(2 ** 32) });
    const matrix = new Matrix(files.length, frames * head.featureSize);
    for (let sample = 0; sample < files.length; sample++) {
      const { features } = predictNetwork(head, {
        rows: frames,
        batch(rows) {
          const out = new Float32Array(rows.length * featureSize);
          rows.forEach((frame, i) =>
            reader.read(sample, frame, out.subarray(i * featureSize, (i + 1) * featureSize))
          );
          return out;
        },
      }, { batchSize: TRAINING.batchSize });
      matrix.row(sample).set(features.data);
    }
    const state: ModelState = {
      model: "mlp",
      settings: { layer: "feature", featureSize, nClasses, ...TRAINING },
      tensors: head.variables.tensors(),
    };
    return { matrix, state };
  } finally {
    head.dispose();
    reader.close();
  }
}

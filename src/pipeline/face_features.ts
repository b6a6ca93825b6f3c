import { createFaceHead } from "../../models/face_head.ts";
import { holdOutGroups } from "../nn/hold_out_groups.ts";
import { Matrix } from "../nn/matrix.ts";
import { Random } from "../nn/random.ts";
import type { LabelledRows } from "../nn/row_source.ts";
import { type EpochResult, trainClassifier } from "../nn/train.ts";
import { FACE } from "../features/face.ts";
import type { FeatureSetOf } from "../features/feature_set.ts";
import { networkHead } from "../features/network_head.ts";
import type { EmbeddingFiles } from "./fold.ts";
import { FrameReader } from "./frame_reader.ts";
import type { FrameMatrix } from "./join_frames.ts";
import type { SavedModel } from "./model_file.ts";

/** How the tutorial trains its face head. */
const TRAINING = { batchSize: 128, epochs: 20, learningRate: 1e-4 };

/** An inner split of the training samples by which the head's training is stopped. */
export interface HeadStopping {
  /** Share of the training samples to hold out, in whole groups, between 0 and 1. */
  readonly share: number;
  /** Training stops after this many epochs in a row without a lower loss on the held-out frames. */
  readonly patience: number;
  /** Group of each sample, training or not. */
  readonly groups: readonly string[];
}

/**
 * The face features of every sample: a head (batch normalisation, 21 ReLU units, softmax) learns to
 * tell the class of single frames of the samples `train`, each labelled as its clip; `set` says how its
 * 21 units for each frame make features. Frames are read from the store batch by batch, so that memory does not grow with them.
 *
 * With `stopping` the head learns from part of `train` and keeps the weights of the epoch that does best
 * on the others; unless too few groups are there to hold some out. The tutorial has no such split.
 */
export function faceFeatures(
  { files, frames, fps }: EmbeddingFiles,
  labels: Int32Array,
  train: Int32Array,
  nClasses: number,
  seed: number,
  stopping?: HeadStopping,
  set: FeatureSetOf<"head"> = FACE,
): FrameMatrix & { readonly state: SavedModel; readonly history: EpochResult[] } {
  using reader = new FrameReader(files);
  const { featureSize } = reader;
  const random = new Random(seed);
  const head = createFaceHead({ inputSize: featureSize, nClasses, random: random.derive("init") });
  try {
    const held = stopping && holdOut(train, labels, stopping, random.derive("validation"));
    const learnFrom = held ? train.filter((sample) => !held.has(sample)) : train;
    const history = trainClassifier(head, frameRows(reader, learnFrom, frames, labels), {
      ...TRAINING,
      validation: held && {
        source: frameRows(reader, train.filter((sample) => held.has(sample)), frames, labels),
        patience: stopping.patience,
      },
      seed: random.derive("training").int(2 ** 32),
    });
    const settings = { frames, fps, units: head.featureSize };
    const given = { featureSize, fps, head: networkHead(head) };
    const matrix = new Matrix(files.length, set.size(settings));
    for (let sample = 0; sample < files.length; sample++) {
      const rows = reader.readAll(sample, frames);
      matrix.row(sample).set(set.compute({ ...given, rows }, settings).data);
    }
    return {
      matrix,
      channels: set.frames?.channels(settings) ?? matrix.cols,
      history,
      state: {
        model: "face-head",
        settings: { inputSize: featureSize, nClasses, ...TRAINING },
        tensors: head.variables.tensors(),
      },
    };
  } finally {
    head.dispose();
  }
}

/** Training samples to stop by; none where they would cost training a whole class. */
function holdOut(
  train: Int32Array,
  labels: Int32Array,
  { share, groups }: HeadStopping,
  random: Random,
): Set<number> | undefined {
  const own = train.map((sample) => labels[sample]);
  const rows = holdOutGroups(own, Array.from(train, (sample) => groups[sample]), share, random);
  const held = new Set(Array.from(rows, (row) => train[row]));
  const kept = new Set(train.filter((sample) => !held.has(sample)).map((sample) => labels[sample]));
  return held.size > 0 && kept.size === new Set(own).size ? held : undefined;
}

/** The frames of some samples as rows, `frames` a sample, each labelled as its sample. */
function frameRows(
  reader: FrameReader,
  samples: Int32Array,
  frames: number,
  labels: Int32Array,
): LabelledRows {
  const { featureSize } = reader;
  const rows = samples.length * frames;
  const sampleOf = (row: number) => samples[Math.floor(row / frames)];
  return {
    rows,
    labels: Int32Array.from({ length: rows }, (_, row) => labels[sampleOf(row)]),
    batch(wanted) {
      const out = new Float32Array(wanted.length * featureSize);
      wanted.forEach((row, i) => {
        const place = out.subarray(i * featureSize, (i + 1) * featureSize);
        reader.read(sampleOf(row), row % frames, place);
      });
      return out;
    },
  };
}

import { createCnn1d } from "../../models/cnn1d.ts";
import { createCnn2d } from "../../models/cnn2d.ts";
import type { Network } from "../../src/nn/network.ts";
import { Random } from "../../src/numeric/random.ts";

/** Classes, rows a step, and the step size of Adam: the tutorial's. */
export const TRAINING = { nClasses: 8, batchSize: 8, learningRate: 1e-4 } as const;

/** Networks that `deno task bench train` trains, by name. */
export type TrainCase = "cnn1d 2520 x 1" | "cnn1d 5040 x 1" | "cnn2d 128 x 64";

/** All of them. */
export const TRAIN_CASES: readonly TrainCase[] = [
  "cnn1d 2520 x 1",
  "cnn1d 5040 x 1",
  "cnn2d 128 x 64",
];

/** A network with its seeded weights. Without what draws random numbers when training: other libraries draw others. */
export function createNetwork(name: TrainCase): Network {
  const [kind, height, , width] = name.split(" ");
  const options = { nClasses: TRAINING.nClasses, random: new Random(1), dropoutRate: 0 };
  if (kind === "cnn1d") return createCnn1d({ ...options, inputSize: Number(height) });
  const inputSize = Number(height) * Number(width);
  return createCnn2d({ ...options, inputSize, augment: { bandMasks: 0, timeMasks: 0 } });
}

/** Rows of noise [rows, size], each class louder in another part, and their classes in turn. */
export function trainingRows(
  rows: number,
  size: number,
): { x: Float32Array<ArrayBuffer>; labels: Int32Array } {
  const random = new Random(2);
  const { nClasses } = TRAINING;
  const labels = Int32Array.from({ length: rows }, (_, row) => row % nClasses);
  const x = new Float32Array(rows * size).map((_, i) => {
    const part = Math.floor(i % size * nClasses / size);
    return (part === labels[Math.floor(i / size)] ? 2 : 1) * random.normal();
  });
  return { x, labels };
}

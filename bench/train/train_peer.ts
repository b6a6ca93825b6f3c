/**
 * Trains the networks of `deno task bench train` on tfjs's WASM backend. The argument says whose kernels
 * compute: `emofuse`, or `stock`, tfjs's own.
 *
 * @module
 */

import process from "node:process";
import { Adam } from "../../src/nn/adam.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import type { Network } from "../../src/nn/network.ts";
import { predictNetwork } from "../../src/nn/predict.ts";
import { Random } from "../../src/numeric/random.ts";
import { matrixRows } from "../../src/nn/row_source.ts";
import { trainStep } from "../../src/nn/train.ts";
import { serveLines } from "../serve/serve_lines.ts";
import { createNetwork, type TrainCase, TRAINING, trainingRows } from "./train_case.ts";
import { initStockBackend, stockStep } from "./train_stock.ts";

/** What a contender of `deno task bench train` is asked: first to build, then to train and to judge. */
export type TrainRequest =
  | { readonly build: TrainCase; readonly rows: number }
  | { readonly epoch: true }
  | { readonly loss: true };

const stock = process.argv[2] === "stock";
await (stock ? initStockBackend() : initBackend());

let network: Network;
let rows: ReturnType<typeof trainingRows>;
let step: (x: Float32Array, labels: Int32Array) => void;

await serveLines((request: TrainRequest) => Promise.resolve(answer(request)));

function answer(request: TrainRequest): { ms?: number; loss?: number } {
  if ("build" in request) {
    network = createNetwork(request.build);
    rows = trainingRows(request.rows, network.inputSize);
    const { learningRate } = TRAINING;
    const adam = new Adam(network.variables.trainable, { learningRate });
    const random = new Random(0);
    step = stock
      ? stockStep(network, learningRate)
      : (x, labels) => trainStep(network, adam, x, labels, random);
    return {};
  }
  if ("loss" in request) return { loss: meanLoss() };
  const start = performance.now();
  const { inputSize } = network;
  for (let at = 0; at < rows.labels.length; at += TRAINING.batchSize) {
    const end = at + TRAINING.batchSize;
    step(rows.x.subarray(at * inputSize, end * inputSize), rows.labels.subarray(at, end));
  }
  return { ms: performance.now() - start };
}

/** The mean cross-entropy of all rows as the network now predicts them. */
function meanLoss(): number {
  const { x, labels } = rows;
  const matrix = new Matrix(labels.length, network.inputSize, x);
  const { probabilities } = predictNetwork(network, matrixRows(matrix));
  return labels.reduce((sum, label, i) => sum - Math.log(probabilities.row(i)[label]), 0) /
    labels.length;
}

import { Matrix } from "../numeric/matrix.ts";
import type { Network } from "../nn/network.ts";
import { predictNetwork } from "../nn/predict.ts";
import { matrixRows } from "../nn/row_source.ts";
import type { FrameHead } from "./frame_head.ts";

/** Frames that go through a head at once. */
const BATCH = 128;

/** A fitted network as a head of frames: its feature layer. Disposing the head disposes the network. */
export function networkHead(network: Network): FrameHead {
  const { inputSize, featureSize } = network;
  return {
    units: featureSize,
    features(embeddings) {
      const x = new Matrix(embeddings.length / inputSize, inputSize, embeddings);
      return predictNetwork(network, matrixRows(x), { batchSize: BATCH }).features.data;
    },
    dispose: () => network.dispose(),
  };
}

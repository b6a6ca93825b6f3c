import { Random } from "../src/numeric/random.ts";
import { loadBackbone } from "../src/vision/load_backbone.ts";
import { BenchError } from "./contender.ts";
import type { GraphAnswer, GraphRequest } from "./faceres_graph.ts";
import { median } from "./median.ts";

/** How {@linkcode benchFaceres} measures. */
export interface FaceresBenchOptions {
  /**
   * How often both are measured, in turn.
   *
   * @default {15}
   */
  readonly rounds?: number;
}

/** Both networks at one number of frames a pass. */
export interface FaceresBenchRow {
  /** Frames a pass. */
  readonly batch: number;
  /** Median time of a frame by the published graph, in milliseconds. */
  readonly graphMs: number;
  /** Median time of a frame by Emofuse, in milliseconds. */
  readonly emofuseMs: number;
  /** Emofuse's time by the graph's: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** The largest difference of the features, relative to the largest feature. */
  readonly difference: number;
}

/** The tutorial's frames. */
const HEIGHT = 128;
const WIDTH = 227;
/** Frames a pass: one, and as many as Emofuse takes at a time. */
const BATCHES = [1, 8];
/** The largest difference of features that passes, relative to the largest. */
const TOLERANCE = 1e-4;

/**
 * Times faceres on frames of 128 x 227 pixels, from RGB bytes to features: rebuilt by Emofuse, and as the
 * published graph on tfjs's WASM backend as it comes, each in a thread of its own that rests while the other
 * works. The features are compared first.
 *
 * @throws {BenchError} If the graph cannot be run or the features differ.
 */
export async function benchFaceres(
  { rounds = 15 }: FaceresBenchOptions = {},
): Promise<FaceresBenchRow[]> {
  const backbone = await loadBackbone("faceres");
  const worker = new Worker(new URL("./faceres_graph.ts", import.meta.url), { type: "module" });
  try {
    const rows: FaceresBenchRow[] = [];
    for (const batch of BATCHES) {
      const request = { frames: randomFrames(batch), n: batch, height: HEIGHT, width: WIDTH };
      const difference = compare(
        (await askGraph(worker, request)).features,
        backbone.embed(request.frames, request),
      );
      const graph: number[] = [];
      const emofuse: number[] = [];
      for (let round = 0; round < rounds; round++) {
        graph.push((await askGraph(worker, request)).ms / batch);
        const start = performance.now();
        backbone.embed(request.frames, request);
        emofuse.push((performance.now() - start) / batch);
      }
      rows.push({
        batch,
        graphMs: median(graph),
        emofuseMs: median(emofuse),
        ratio: median(emofuse.map((ms, round) => ms / graph[round])),
        difference,
      });
    }
    return rows;
  } finally {
    worker.terminate();
    backbone.dispose();
  }
}

function askGraph(worker: Worker, request: GraphRequest): Promise<GraphAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<GraphAnswer>();
  worker.onmessage = ({ data }: MessageEvent<GraphAnswer>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new BenchError(`the graph of faceres cannot be run: ${event.message}`));
  };
  worker.postMessage(request);
  return promise;
}

/** The largest difference of two arrays, relative to the largest value. */
function compare(expected: Float32Array, actual: Float32Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i])), 0);
  if (expected.length !== actual.length || !(worst <= TOLERANCE * largest)) {
    throw new BenchError(
      `faceres differs from its graph by ${worst / largest} of the largest feature: ` +
        `at most ${TOLERANCE} passes`,
    );
  }
  return worst / largest;
}

/** Slanted ramps with noise: no two frames alike. */
function randomFrames(n: number): Uint8Array<ArrayBuffer> {
  const random = new Random(1);
  return Uint8Array.from({ length: n * HEIGHT * WIDTH * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return (pixel % WIDTH + Math.floor(pixel / WIDTH) + 80 * (i % 3) + random.int(32)) & 255;
  });
}

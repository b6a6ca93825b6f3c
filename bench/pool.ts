import type { BackboneName } from "../models/registry.ts";
import { Random } from "../src/numeric/random.ts";
import { EmbedPool } from "../src/vision/embed_pool.ts";
import { BenchError } from "./contender.ts";
import { median } from "./median.ts";

/** How {@linkcode benchPool} measures. */
export interface PoolBenchOptions {
  /** How many times each pool is measured, in turn with the others. Default: 5. */
  readonly rounds?: number;
  /** Frames of a clip. Default: 12. */
  readonly frames?: number;
}

/** One pool on one backbone. */
export interface PoolBenchRow {
  /** What every worker embeds faces with. */
  readonly backbone: BackboneName;
  /** Workers of the pool. */
  readonly workers: number;
  /** Median of the frames embedded a second. */
  readonly framesPerSecond: number;
  /** Throughput by that of one worker: the median of the rounds' own ratios. */
  readonly ratio: number;
}

const BACKBONES: readonly BackboneName[] = ["vgg16-random", "faceres"];
/** The tutorial's frames. */
const SIZE = { height: 128, width: 227 };
/** Clips a round: they divide evenly among the workers. */
const CLIPS = 4;

/**
 * Measures how many frames a second a pool of one worker and one of two embed, in turn, and checks
 * that both give the same embeddings.
 *
 * @throws {BenchError} If the embeddings differ.
 */
export async function benchPool(
  { rounds = 5, frames = 12 }: PoolBenchOptions = {},
): Promise<PoolBenchRow[]> {
  const rows: PoolBenchRow[] = [];
  const random = new Random(1);
  const clips = Array.from(
    { length: CLIPS },
    () => new Uint8Array(frames * SIZE.height * SIZE.width * 3).map(() => random.int(256)),
  );
  for (const backbone of BACKBONES) {
    using one = new EmbedPool({ backbone, workers: 1 });
    using two = new EmbedPool({ backbone, workers: 2 });
    const pools = [one, two];
    // The first round starts the workers and loads the weights; it does not count.
    const [first, second] = [await embed(one, clips, frames), await embed(two, clips, frames)];
    if (first.some((value, i) => value !== second[i])) {
      throw new BenchError(`${backbone} gives other embeddings with two workers than with one`);
    }
    const speeds: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      for (const [i, pool] of pools.entries()) {
        const start = performance.now();
        await embed(pool, clips, frames);
        speeds[i].push((1000 * CLIPS * frames) / (performance.now() - start));
      }
    }
    for (const [i, workers] of [1, 2].entries()) {
      rows.push({
        backbone,
        workers,
        framesPerSecond: median(speeds[i]),
        ratio: median(speeds[i].map((speed, round) => speed / speeds[0][round])),
      });
    }
  }
  return rows;
}

/** Embeds all clips, as many at once as the pool takes; returns the embeddings, clip after clip. */
async function embed(
  pool: EmbedPool,
  clips: readonly Uint8Array[],
  n: number,
): Promise<Float32Array> {
  // A pool takes what it is given: each round gives copies.
  const done = await Promise.all(
    clips.map((clip) => pool.embed({ frames: clip.slice(), n, ...SIZE, fps: 30, crop: "none" })),
  );
  const all = new Float32Array(done.reduce((sum, { embeddings }) => sum + embeddings.length, 0));
  done.reduce((at, { embeddings }) => (all.set(embeddings, at), at + embeddings.length), 0);
  return all;
}

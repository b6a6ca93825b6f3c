import { checkFrames } from "../../models/backbone.ts";
import { type BackboneName, DEFAULT_BACKBONE } from "../../models/registry.ts";
import type { CropOptions } from "./crop_faces.ts";
import type { EmbedInit, EmbedJob, EmbedResult } from "./embed_job.ts";
import { backbonePaths, type LoadBackboneOptions } from "./load_backbone.ts";
import { faceDetectorPaths } from "./load_face_detector.ts";
import { wasmFolders } from "../nn/wasm_folders.ts";
import { WorkerPool } from "../runtime/worker_pool.ts";

export type { Crop } from "./embed_clip.ts";
export type { FrameFill, FrameStepOptions } from "./embed_frames.ts";
export type { EmbedJob, EmbedResult } from "./embed_job.ts";

/** Settings of an {@linkcode EmbedPool}. */
export interface EmbedPoolOptions extends LoadBackboneOptions {
  /**
   * Which backbone embeds.
   *
   * @default {"faceres"}
   */
  readonly backbone?: BackboneName;
  /**
   * How many workers run at once. Each holds its own tfjs and its own copies of the weights: about
   * 150 MB with faceres, 630 MB with VGG16. Results do not depend on it.
   *
   * @default {1}
   */
  readonly workers?: number;
  /**
   * How jobs with `crop: "face"` are cropped.
   *
   * @default {the defaults of cropFaces}
   */
  readonly face?: CropOptions;
}

/**
 * Embeds clips in worker threads. A worker may read tfjs's and Emofuse's WebAssembly, the backbone's
 * weights and the face detector's, and nothing else: no other file, no network, no environment.
 *
 * @example
 * ```ts
 * import { EmbedPool } from "./embed_pool.ts";
 * import assert from "node:assert/strict";
 *
 * using pool = new EmbedPool({ backbone: "faceres", workers: 1 });
 * const frames = new Uint8Array(3 * 64 * 64 * 3).fill(128);
 * const clip = await pool.embed({ frames, n: 3, height: 64, width: 64, fps: 30, crop: "none" });
 * assert.equal(clip.embeddings.length, 3 * clip.featureSize);
 * assert.equal(clip.computed, 1); // three equal frames go through the network once
 * ```
 */
export class EmbedPool implements Disposable {
  readonly #pool: WorkerPool<EmbedInit, EmbedJob, EmbedResult>;

  /**
   * Prepares the pool; workers start with the first jobs.
   *
   * @throws {WeightsError} If there is no such backbone, or `weights` is given to one that takes none.
   * @throws {RangeError} If the number of workers is not a positive integer.
   */
  constructor(options: EmbedPoolOptions = {}) {
    const { backbone = DEFAULT_BACKBONE, weights, seed, convolutions, workers, face } = options;
    this.#pool = new WorkerPool({
      script: new URL("./embed_worker.ts", import.meta.url),
      purpose: "embedding",
      init: { backbone, weights, seed, convolutions, face },
      workers,
      permissions: {
        read: [
          ...backbonePaths(backbone, { weights }),
          ...faceDetectorPaths(),
          ...wasmFolders(),
        ],
      },
    });
  }

  /**
   * Embeds one clip. Clips that wait for a worker are held in memory: give a pool no more jobs at a
   * time than a few a worker.
   *
   * @throws {RangeError} If `frames` does not hold what the job says.
   * @throws {WorkerJobError} If the weights cannot be loaded, the worker stops, or the pool is closed.
   */
  async embed(job: EmbedJob): Promise<EmbedResult> {
    checkFrames(job.frames, job);
    const { n, height, width, fps, crop, frameStep, frameFill } = job;
    const frames = ownBuffer(job.frames);
    return await this.#pool.run({ frames, n, height, width, fps, crop, frameStep, frameFill }, {
      transfer: [frames.buffer],
    });
  }

  /** Stops the workers. Jobs that are waiting or under way fail. */
  close(): void {
    this.#pool.close();
  }

  /** Closes the pool at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** `array` where its buffer can be handed over; else a copy, as that would take its neighbours along. */
function ownBuffer(array: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = array;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : array.slice();
}

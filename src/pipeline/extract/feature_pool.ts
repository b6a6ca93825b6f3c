import type { FeatureSet, FeatureSetOf } from "../../features/feature_set.ts";
import { isOwnFeatureSet } from "../../features/registry.ts";
import { wasmFolders } from "../../nn/wasm_folders.ts";
import { WorkerPool } from "../../runtime/worker_pool.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import type { FeatureInit, FeatureJob } from "./feature_job.ts";
import {
  type ClipNeed,
  type FeatureSources,
  featureSources,
  type SourceParts,
} from "./feature_sources.ts";
import { entryOf } from "./features_of.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";

/**
 * Makes those features of samples that the store keeps and lacks, in worker threads. A worker may read and write the
 * store, and read the WebAssembly and the ear's weights, nothing else.
 */
export class FeaturePool implements Disposable {
  readonly #pool: WorkerPool<FeatureInit, FeatureJob, null>;
  readonly #store: FeatureStore;
  readonly #sets: readonly KeptSet[];
  readonly #sources: FeatureSources;

  private constructor(
    parts: SourceParts,
    sources: FeatureSources,
    sets: readonly FeatureSet[],
    workers: number,
  ) {
    const { store, config, networks: { backbone, ear }, earFile } = parts;
    this.#store = store;
    this.#sources = sources;
    this.#sets = keptOf(sets);
    this.#pool = new WorkerPool({
      script: new URL("./feature_worker.ts", import.meta.url),
      purpose: "feature",
      // Of the backbone what can be posted.
      init: {
        config,
        storeDir: store.dir,
        networks: { ear, backbone: backbone && { channels: backbone.channels } },
        earFile,
      },
      workers,
      permissions: {
        read: [
          ...wasmFolders(),
          store.dir,
          ...earFile === undefined ? [] : [earFile],
        ],
        write: [store.dir],
      },
    });
  }

  /** Prepares a pool; workers start with the first jobs. */
  static async open(
    parts: SourceParts,
    sets: readonly FeatureSet[],
    workers: number,
  ): Promise<FeaturePool> {
    return new FeaturePool(parts, await featureSources(parts), sets, workers);
  }

  /** Whether there are sets that the store keeps, and that take so long that threads pay. */
  static pays(sets: readonly FeatureSet[], samples: number): boolean {
    const kept = keptOf(sets);
    return kept.some(({ needs }) => needs === "speech") || (kept.length > 0 && samples >= 100);
  }

  /** Makes the features of a sample that the store lacks. */
  async make(sample: ExtractedSample): Promise<void> {
    const sets: string[] = [];
    const reads: StageKey[] = [];
    const writes: StageKey[] = [];
    for (const set of this.#sets) {
      const entry = this.#entry(set, sample);
      if (entry === undefined || await this.#store.has(entry)) continue;
      sets.push(set.name);
      reads.push(READ_FROM[set.needs](sample)!);
      writes.push(entry);
    }
    if (sets.length === 0) return;
    await this.#store.exchange(reads, writes, () => this.#pool.run({ sample, sets }));
  }

  /** Stops the workers. */
  [Symbol.dispose](): void {
    this.#pool.close();
  }

  #entry<N extends ClipNeed>(
    set: FeatureSetOf<N>,
    sample: ExtractedSample,
  ): StageKey | undefined {
    const source = this.#sources[set.needs];
    return source && entryOf(set, source, sample);
  }
}

/** The entry of a sample that features are computed from. */
const READ_FROM: Readonly<Record<ClipNeed, (sample: ExtractedSample) => StageKey | undefined>> = {
  sound: ({ sound }) => sound,
  speech: ({ speech }) => speech,
  landmarks: ({ picture }) => picture,
  embeddings: ({ picture }) => picture,
  "embeddings+landmarks": ({ picture }) => picture,
};

/** Those sets that the store keeps and that a thread knows. */
function keptOf(sets: readonly FeatureSet[]): KeptSet[] {
  return sets.flatMap((set) =>
    set.needs !== "head" && set.stage !== undefined && isOwnFeatureSet(set.name) ? [set] : []
  );
}

type KeptSet = { readonly [N in ClipNeed]: FeatureSetOf<N> }[ClipNeed];

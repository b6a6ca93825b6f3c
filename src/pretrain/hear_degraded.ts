import type { ConditionName } from "../audio/degrade/conditions.ts";
import { SPEECH } from "../features/speech.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import { FeaturePool } from "../pipeline/extract/feature_pool.ts";
import { featuresOf } from "../pipeline/extract/features_of.ts";
import { featureSources } from "../pipeline/extract/feature_sources.ts";
import type { PreparedRun } from "../pipeline/run/prepare_run.ts";
import { mapConcurrent } from "../runtime/map_concurrent.ts";
import { degradeSample } from "./degrade_sample.ts";

/** A set of samples, and what happens to their sound before it is heard. */
export interface Hearing {
  /** The samples. */
  readonly samples: readonly ExtractedSample[];
  /** What happens to them. */
  readonly condition: ConditionName;
  /** Which of its versions. */
  readonly version: number;
}

/** Hears sounds through a run's ear after something happened to them. */
export class DegradedHearing implements Disposable {
  readonly #run: PreparedRun;
  readonly #pool: FeaturePool;
  readonly #sources: Awaited<ReturnType<typeof featureSources>>;

  private constructor(
    run: PreparedRun,
    pool: FeaturePool,
    sources: Awaited<ReturnType<typeof featureSources>>,
  ) {
    this.#run = run;
    this.#pool = pool;
    this.#sources = sources;
  }

  /** Prepares to hear samples of `run`, which has an ear. */
  static async open(run: PreparedRun): Promise<DegradedHearing> {
    const { config, store, networks, places } = run;
    const parts = { config, store, networks, earFile: places.ear };
    const pool = await FeaturePool.open(parts, [SPEECH], places.workers);
    return new DegradedHearing(run, pool, await featureSources(parts));
  }

  /**
   * The features `speech` of samples whose sound was degraded [samples, features]; what the store has is taken from it.
   *
   * @param onProgress Told how many are done.
   */
  async hear(
    { samples, condition, version }: Hearing,
    onProgress: (done: number) => void = () => {},
  ): Promise<Matrix> {
    const { store, places } = this.#run;
    const source = this.#sources.speech!;
    const x = new Matrix(samples.length, SPEECH.size(source.settings));
    let done = 0;
    await mapConcurrent([...samples.keys()], places.workers + 1, async (row) => {
      const degraded = await degradeSample(samples[row], { store, condition, version });
      await this.#pool.make(degraded);
      x.row(row).set((await featuresOf(SPEECH, source, store, degraded)).data);
      onProgress(++done);
    });
    return x;
  }

  /** Stops the workers. */
  [Symbol.dispose](): void {
    this.#pool[Symbol.dispose]();
  }
}

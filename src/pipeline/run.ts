import { createHash } from "node:crypto";
import process from "node:process";
import type { BackboneInfo } from "../../models/backbone.ts";
import { loadDsp } from "../audio/load_dsp.ts";
import { findLeaks } from "../evaluate/find_leaks.ts";
import { findProtocol } from "../evaluate/protocols/registry.ts";
import { createDecoder } from "../media/create_decoder.ts";
import { EmbedPool } from "../vision/embed_pool.ts";
import { describeBackbone } from "../vision/load_backbone.ts";
import { usableClasses } from "./classes.ts";
import type { RunConfig, RunPlaces } from "./config.ts";
import { evaluateFolds } from "./evaluate_folds.ts";
import { type ExtractedSample, type Extraction, extractSamples } from "./extract.ts";
import { findSamples } from "./find_samples.ts";
import { makeJobs, splitSamples } from "./make_jobs.ts";
import { poolRows, truthOf } from "./pool_rows.ts";
import { provenance } from "./provenance.ts";
import type { Results } from "./results.ts";
import { RunFolder } from "./run_folder.ts";
import { takesOf } from "./same_content.ts";
import type { Sample } from "./samples.ts";
import { FeatureStore } from "./store.ts";
import { voiceFeatures } from "./voice_features.ts";

/** What a run reports while it works. */
export interface RunHooks {
  /** Features: samples done, their number, and how many came from the store. */
  readonly onFeatures?: (done: number, total: number, cached: number) => void;
  /** Models: steps done, their number, and what is being fitted. */
  readonly onModels?: (done: number, total: number, what: string) => void;
}

/**
 * Runs the whole pipeline: scans the folder of clips, extracts features into the store, splits the
 * samples by the protocol, fits and tests every model, and writes the run folder.
 *
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {ProtocolError} If the protocol cannot split these samples.
 * @throws {RunFolderError} If the run folder cannot be written to.
 * @throws {StoreError} If the feature store cannot be written to.
 * @throws {WeightsError} If the backbone's weights are missing or damaged.
 * @throws {NativeDecoderError} If the native decoder is asked for and there is no ffmpeg.
 */
export async function runPipeline(
  config: RunConfig,
  places: RunPlaces,
  hooks: RunHooks = {},
): Promise<Results> {
  const started = performance.now();
  const protocol = findProtocol(config.protocol);
  const found = await findSamples(config, places.data, protocol.mergeTwins);
  // Split already here, only to learn of what is impossible before the long work and not after it.
  splitSamples(config, protocol, found.samples, found.classes);
  const backbone = config.modality === "audio"
    ? undefined
    : await describeBackbone(config.backbone, { weights: places.weights });
  const store = await FeatureStore.open(places.store);
  const folder = await RunFolder.prepare(places.out);
  try {
    const features = await extract(config, places, store, found.samples, backbone, hooks);
    const { classes, kept: samples, skipped: rare } = usableClasses(
      features.extracted,
      ({ sample }) => sample,
      [...found.skipped, ...features.skipped],
    );
    const { takes, warnings: copies } = takesOf(samples);
    const audio = config.modality === "video"
      ? undefined
      : await voiceFeatures(await loadDsp(), store, samples, config);
    const splits = splitSamples(
      config,
      protocol,
      samples.map(({ sample }) => sample),
      classes,
      takes,
    );
    const jobs = makeJobs(config, protocol, {
      ...{ splits, samples, takes, classes, audio, store },
      modelsDir: folder.gathering,
    });
    const { rows: folds, tfjsBackend } = await evaluateFolds(jobs, places.workers, hooks.onModels);
    const leaks = findLeaks(
      protocol,
      splits,
      samples.map(({ sample: { actor, emotion }, silent }, i) => ({
        ...{ actor, emotion, silent },
        performance: takes[i],
      })),
      config.modality,
    );
    const { rows, predictions } = poolRows(
      jobs,
      folds,
      (row) => leaks.filter(({ affects }) => affects(row)).map(({ id }) => id),
    );
    const truth = truthOf(jobs, "test");
    const results: Results = {
      schema: "emofuse.results/1",
      config,
      corpus: {
        synthetic: found.synthetic,
        ...describeSamples(samples, classes),
        skipped: [...found.skipped, ...features.skipped, ...rare],
        warnings: [...features.warnings, ...copies],
      },
      backbone: backbone ? { name: backbone.name, weightsSha256: backbone.weightsHash } : null,
      chance: 1 / classes.length,
      majority: majorityOf(truth, classes.length),
      folds: splits.map(({ name, train, test }) => ({
        name,
        train: train.length,
        test: Array.from(test, (i) => samples[i].sample.id),
      })),
      leaks: leaks.map(({ id, text }) => ({ id, text })),
      rows,
      provenance: provenance(places, backbone, {
        cached: features.cached,
        samples: found.samples.length,
        seconds: (performance.now() - started) / 1000,
        // The operating system's own account, in kilobytes.
        peakMemory: process.resourceUsage().maxRSS * 1024,
        tfjsBackend,
      }),
    };
    await folder.complete(results, {
      schema: "emofuse.predictions/1",
      classes,
      samples: splits.flatMap(({ name, test }) =>
        Array.from(test, (i) => ({
          id: samples[i].sample.id,
          fold: name,
          truth: classes.indexOf(samples[i].sample.emotion),
        }))
      ),
      rows: predictions,
    });
    return results;
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

/** Extracts the samples' features with a decoder and a pool that live as long as that takes. */
async function extract(
  config: RunConfig,
  places: RunPlaces,
  store: FeatureStore,
  samples: readonly Sample[],
  backbone: BackboneInfo | undefined,
  { onFeatures }: RunHooks,
): Promise<Extraction> {
  const { workers, weights } = places;
  const decoder = await createDecoder(config.decoder, { workers });
  let pool: EmbedPool | undefined;
  try {
    return await extractSamples(samples, config, {
      store,
      decoder,
      backbone,
      // Made on first use: where everything is in the store no network needs to be loaded.
      embedders: () =>
        pool ??= new EmbedPool({
          ...{ backbone: config.backbone, convolutions: config.kernels, weights, workers },
        }),
      workers,
      onProgress: onFeatures,
    });
  } finally {
    pool?.close();
    await decoder.close();
  }
}

function describeSamples(
  samples: readonly ExtractedSample[],
  classes: readonly string[],
): Omit<Results["corpus"], "synthetic" | "skipped" | "warnings"> {
  const clips = samples.flatMap((sample) => Object.entries(sample.clips)).sort();
  return {
    samples: samples.length,
    clips: clips.length,
    performances: new Set(samples.map(({ sample }) => sample.performance)).size,
    actors: [...new Set(samples.map(({ sample }) => sample.actor))].sort((a, b) => a - b),
    classes: classes.map((emotion) => ({
      emotion,
      samples: samples.filter(({ sample }) => sample.emotion === emotion).length,
    })),
    silent: samples.filter(({ silent }) => silent).length,
    sha256: createHash("sha256").update(JSON.stringify(clips)).digest("hex"),
  };
}

/** Share of the commonest class. */
function majorityOf(truth: Int32Array, nClasses: number): number {
  const counts = new Array<number>(nClasses).fill(0);
  for (const label of truth) counts[label]++;
  return Math.max(...counts) / truth.length;
}

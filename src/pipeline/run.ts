import { createHash } from "node:crypto";
import process from "node:process";
import type { BackboneInfo } from "../../models/backbone.ts";
import type { BackboneName } from "../../models/registry.ts";
import { loadDsp } from "../audio/load_dsp.ts";
import { filterClips } from "../corpus/filter.ts";
import { scanCorpus, type SkippedFile } from "../corpus/scan.ts";
import { readSyntheticManifest } from "../corpus/synthetic/manifest.ts";
import { findLeaks } from "../evaluate/find_leaks.ts";
import { findProtocol } from "../evaluate/protocols/registry.ts";
import { createDecoder } from "../media/create_decoder.ts";
import { EmbedPool } from "../vision/embed_pool.ts";
import { describeBackbone } from "../vision/load_backbone.ts";
import { ClassError, usableClasses } from "./classes.ts";
import type { RunConfig, RunPlaces } from "./config.ts";
import { evaluateFolds } from "./evaluate_folds.ts";
import { type ExtractedSample, extractSamples } from "./extract.ts";
import { makeJobs } from "./make_jobs.ts";
import { provenance } from "./provenance.ts";
import { poolRows } from "./pool_rows.ts";
import type { Results } from "./results.ts";
import { RunFolder } from "./run_folder.ts";
import { makeSamples, type Sample } from "./samples.ts";
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
  const { samples: wanted, skipped } = await findSamples(config, places, protocol.mergeTwins);
  const backbone = config.modality === "audio"
    ? undefined
    : await describeBackbone(config.backbone as BackboneName, { weights: places.weights });
  const folder = await RunFolder.prepare(places.out);
  try {
    const store = await FeatureStore.open(places.store);
    const features = await extract(config, places, store, wanted, backbone, hooks);
    const { classes, kept: samples, skipped: rare } = usableClasses(
      features.extracted,
      ({ sample }) => sample,
    );
    const audio = config.modality === "video"
      ? undefined
      : await voiceFeatures(await loadDsp(), store, samples, config);
    const jobs = makeJobs(config, protocol, store, samples, classes, {
      audio,
      modelsDir: folder.gathering,
    });
    const { rows, tfjsBackend } = await evaluateFolds(jobs, places.workers, hooks.onModels);
    const leaks = findLeaks(
      protocol,
      jobs,
      samples.map(({ sample: { performance }, silent }) => ({ performance, silent })),
      config.modality,
    );
    const results: Results = {
      schema: "emofuse.results/1",
      config,
      corpus: {
        synthetic: await readSyntheticManifest(places.data) !== undefined,
        ...describeSamples(samples, classes),
        skipped: [...skipped, ...features.skipped, ...rare],
      },
      chance: 1 / classes.length,
      folds: jobs.map(({ name, train, test }) => ({
        name,
        train: train.length,
        test: Array.from(test, (i) => samples[i].sample.id),
      })),
      leaks: leaks.map(({ id, text }) => ({ id, text })),
      rows: poolRows(jobs, rows, (row) => leaks.filter((l) => l.affects(row)).map((l) => l.id)),
      provenance: provenance(places, backbone, {
        cached: features.cached,
        samples: wanted.length,
        seconds: (performance.now() - started) / 1000,
        // The operating system's own account, in kilobytes.
        peakMemory: process.resourceUsage().maxRSS * 1024,
        tfjsBackend,
      }),
    };
    await folder.complete(results);
    return results;
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

/** The samples that the folder, the filter and the modality give, and the files that give none. */
async function findSamples(
  config: RunConfig,
  { data }: RunPlaces,
  mergeTwins: boolean,
): Promise<{ samples: Sample[]; skipped: SkippedFile[] }> {
  const scanned = await scanCorpus(data);
  const clips = filterClips(scanned.clips, config.filter);
  if (clips.length === 0) {
    const reasons = scanned.skipped.slice(0, 3).map(({ file, reason }) => `${file}: ${reason}`);
    throw new ClassError(
      scanned.clips.length === 0
        ? `no clip in ${data} has a RAVDESS name (${reasons.join("; ")})`
        : `none of the ${scanned.clips.length} clips in ${data} passes the filter ` +
          JSON.stringify(config.filter),
    );
  }
  const { samples, skipped } = makeSamples(clips, config.modality, mergeTwins);
  // Looked at before the long work, and again after it, when it is known which clips fail.
  const { kept, skipped: rare } = usableClasses(samples, (sample) => sample);
  return { samples: kept, skipped: [...scanned.skipped, ...skipped, ...rare] };
}

/** Extracts the samples' features with a decoder and a pool that live as long as that takes. */
async function extract(
  config: RunConfig,
  places: RunPlaces,
  store: FeatureStore,
  samples: readonly Sample[],
  backbone: BackboneInfo | undefined,
  { onFeatures }: RunHooks,
): ReturnType<typeof extractSamples> {
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
        pool ??= new EmbedPool({ backbone: config.backbone as BackboneName, weights, workers }),
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
): Omit<Results["corpus"], "synthetic" | "skipped"> {
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

import process from "node:process";
import type { BackboneInfo } from "../../models/backbone.ts";
import type { Corpus } from "../corpus/corpus.ts";
import { findLeaks } from "../evaluate/find_leaks.ts";
import { refuseLeaks } from "../evaluate/refuse_leaks.ts";
import { findProtocol } from "../evaluate/protocols/registry.ts";
import { describeBackbone } from "../vision/load_backbone.ts";
import { usableClasses } from "./classes.ts";
import { codeIdentity } from "./code_identity.ts";
import type { RunConfig, RunPlaces } from "./config.ts";
import { evaluateFolds } from "./evaluate_folds.ts";
import { describeFolds, describeSamples, describeTested, pooledTest } from "./describe_run.ts";
import type { ExtractedSample } from "./extract.ts";
import { extractCorpus } from "./extract_corpus.ts";
import { needsMetBy } from "./feature_sources.ts";
import { findSamples } from "./find_samples.ts";
import { chooseRecipes } from "./recipes/choose_recipes.ts";
import type { FoldJob } from "./fold.ts";
import { makeReportData } from "./make_report_data.ts";
import { makeJobs, splitSamples } from "./make_jobs.ts";
import { poolRows } from "./pool_rows.ts";
import { provenance } from "./provenance.ts";
import type { Predictions, Results } from "./results.ts";
import { RunFolder } from "./run_folder.ts";
import type { RunHooks } from "./run.ts";
import { hashResults, type RunLock } from "./run_lock.ts";
import { takesOf } from "./same_content.ts";
import { sampleFeatures } from "./sample_features.ts";
import { StageClock } from "./stage_clock.ts";
import { FeatureStore } from "./store.ts";

/** What a run learns from, once it has the features of all samples. */
export interface PreparedRun {
  /** The corpus that the samples are of. */
  readonly corpus: Corpus;
  /** The samples. */
  readonly samples: readonly ExtractedSample[];
  /** The take that each sample shows. */
  readonly takes: readonly string[];
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** Features of each sample that need no fitting. */
  readonly features: FoldJob["features"];
  /** Where sounds and embeddings are. */
  readonly store: FeatureStore;
  /** The backbone, where a face network is used. */
  readonly backbone: BackboneInfo | undefined;
}

/** What a run reports to those who go on with what it has gathered. */
export interface ExecuteHooks extends RunHooks {
  /** The features of all samples, before models are fitted. */
  readonly onPrepared?: (prepared: PreparedRun) => void;
}

/**
 * What `runPipeline` does, for those who need the samples' features too.
 *
 * @throws As runPipeline does.
 */
export async function executeRun(
  asked: RunConfig,
  places: RunPlaces,
  hooks: ExecuteHooks = {},
): Promise<Results> {
  const clock = new StageClock();
  const code = await codeIdentity();
  const protocol = findProtocol(asked.protocol);
  // A protocol's other name leaves no trace: results are the same whichever was given.
  const config = { ...asked, protocol: protocol.name };
  // Only to learn before the long work of a recipe that has nothing to work on.
  chooseRecipes(config.recipes, needsMetBy(config));
  const found = await findSamples(config, places, protocol.mergeTwins);
  const { corpus } = found;
  // Split already here, only to learn of what is impossible before the long work and not after it.
  splitSamples(config, protocol, found.samples, found.classes, corpus);
  const usesNetwork = config.modality !== "audio" && config.landmarks === "network";
  const backbone = !usesNetwork
    ? undefined
    : await describeBackbone(config.backbone, { weights: places.weights });
  hooks.onInputs?.({
    clips: found.samples.flatMap(({ picture, sound }) =>
      [...new Set([picture[0], sound[0]])].flatMap((clip) => clip ? [clip.file] : [])
    ),
    weights: backbone?.weightsHash ?? null,
  });
  clock.end("scanning");
  const store = await FeatureStore.open(places.store);
  const folder = await RunFolder.prepare(places.out);
  try {
    const features = await extractCorpus(
      ...[config, places, store, found.samples, backbone, hooks.onFeatures] as const,
    );
    clock.end("decoding and embedding");
    const { classes, kept: samples, skipped: rare } = usableClasses(
      features.extracted,
      ({ sample }) => sample,
      corpus,
      [...found.skipped, ...features.skipped],
    );
    const { takes, warnings: copies } = takesOf(samples);
    const given = await sampleFeatures(config, store, samples, backbone);
    clock.end("features");
    hooks.onPrepared?.({ corpus, samples, takes, classes, features: given, store, backbone });
    const splits = splitSamples(
      config,
      protocol,
      samples.map(({ sample }) => sample),
      classes,
      corpus,
      takes,
    );
    const jobs = makeJobs(config, protocol, {
      ...{ splits, samples, takes, classes, features: given, store },
      plans: config.recipes,
      modelsDir: folder.gathering,
    });
    const folds = await evaluateFolds(jobs, places.workers, hooks.onModels);
    clock.end("fitting and testing");
    const leaks = findLeaks(
      protocol,
      splits,
      samples.map(({ sample: { speaker, label }, silent }, i) => ({
        ...{ speaker, label, silent },
        take: takes[i],
      })),
      config.modality,
      folds.flatMap(({ fits }) => fits),
      corpus.words,
    );
    refuseLeaks(protocol, leaks);
    const { rows, predictions: rowPredictions, unfitted } = poolRows(
      jobs,
      folds.map(({ rows }) => rows),
      pooledTest(splits, samples, takes),
      config.seed,
      (row) => leaks.filter(({ affects }) => affects(row)).map(({ id }) => id),
    );
    const results: Results = {
      schema: "emofuse.results/1",
      config,
      corpus: {
        synthetic: found.synthetic,
        ...describeSamples(samples, classes, corpus),
        skipped: [...found.skipped, ...features.skipped, ...rare],
        warnings: [...features.warnings, ...copies],
      },
      backbone: backbone ? { name: backbone.name, weightsSha256: backbone.weightsHash } : null,
      chance: 1 / classes.length,
      majority: rows.find(({ model }) => model === "majority")!.test.accuracy,
      folds: describeFolds(splits, samples),
      leaks: leaks.map(({ id, text }) => ({ id, text })),
      rows,
      ...(unfitted.length > 0 ? { unfitted } : {}),
      provenance: provenance(places, backbone, {
        cached: features.cached,
        samples: found.samples.length,
        seconds: clock.seconds,
        // The operating system's own account, in kilobytes.
        peakMemory: process.resourceUsage().maxRSS * 1024,
        tfjsBackend: folds[0].tfjsBackend,
      }),
    };
    const predictions: Predictions = {
      schema: "emofuse.predictions/1",
      classes,
      samples: describeTested(splits, samples, classes),
      rows: rowPredictions,
    };
    const { data, weights, landmarks } = places;
    const lock: RunLock = {
      schema: "emofuse.run-lock/1",
      code,
      config,
      places: { data, weights, landmarks },
      clips: features.read,
      landmarks: features.landmarks,
      weights: backbone?.weightsHash ?? null,
      results: hashResults(results, predictions),
    };
    const report = makeReportData({
      ...{ jobs, folds, classes, corpus, lock, out: places.out, seed: config.seed },
      samples: samples.map(({ sample }) => sample),
    });
    clock.end("metrics, comparisons and maps");
    await folder.complete({
      ...{ results, predictions, lock },
      report: { ...report, timings: clock.stages },
    });
    return results;
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

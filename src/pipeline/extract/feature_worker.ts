/**
 * The script of one feature worker: its own DSP core, and where an ear hears its own tfjs.
 *
 * @module
 */

import { featureSet } from "../../features/registry.ts";
import type { FeatureSetOf } from "../../features/feature_set.ts";
import { serveJobs } from "../../runtime/serve_jobs.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import type { FeatureInit, FeatureJob } from "./feature_job.ts";
import { type ClipNeed, type FeatureSources, featureSources } from "./feature_sources.ts";
import { featuresOf } from "./features_of.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import { FolderStore } from "../store/folder_store.ts";

serveJobs<FeatureInit, FeatureJob, null>(
  async ({ storeDir, ...parts }) => {
    const store = await FolderStore.open(storeDir);
    const sources = await featureSources({ ...parts, store });
    return async ({ sample, sets }) => {
      for (const set of sets.map(featureSet)) {
        if (set.needs !== "head") await keep(set, sources, store, sample);
      }
      return { result: null, transfer: [] };
    };
  },
);

/** Computes the features, which the store keeps. */
async function keep<N extends ClipNeed>(
  set: FeatureSetOf<N>,
  sources: FeatureSources,
  store: FeatureStore,
  sample: ExtractedSample,
): Promise<void> {
  const source = sources[set.needs];
  if (source) await featuresOf(set, source, store, sample);
}

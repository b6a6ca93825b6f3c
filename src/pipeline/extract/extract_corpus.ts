import type { FeatureSet } from "../../features/feature_set.ts";
import { createDecoder } from "../../media/create_decoder.ts";
import { EmbedPool } from "../../vision/embed_pool.ts";
import type { RunConfig, RunPlaces } from "../config.ts";
import type { Sample } from "../samples/samples.ts";
import { type Extraction, extractSamples } from "./extract.ts";
import type { ExtractTools } from "./extract_tools.ts";
import { FeaturePool } from "./feature_pool.ts";
import type { RunNetworks } from "./run_networks.ts";

/** What {@linkcode extractCorpus} works on and reports. */
export interface ExtractCorpusOptions extends Pick<ExtractTools, "store" | "claim" | "onProgress"> {
  /** The samples whose clips are decoded, unless the store has them. */
  readonly samples: readonly Sample[];
  /** The frozen networks of the run. */
  readonly networks: RunNetworks;
  /**
   * The feature sets that will be wanted: what of them is worth keeping is made on the way.
   *
   * @default {none}
   */
  readonly sets?: readonly FeatureSet[];
}

/** Extracts the samples' features with a decoder and pools that live as long as that takes. */
export async function extractCorpus(
  config: RunConfig,
  { workers, weights, ear: earFile }: Pick<RunPlaces, "workers" | "weights" | "ear">,
  { samples, store, networks, sets = [], claim, onProgress }: ExtractCorpusOptions,
): Promise<Extraction> {
  const decoder = await createDecoder(config.decoder, { workers });
  let pool: EmbedPool | undefined;
  let features: FeaturePool | undefined;
  try {
    features = FeaturePool.pays(sets, samples.length)
      ? await FeaturePool.open({ config, store, networks, earFile }, sets, workers)
      : undefined;
    return await extractSamples(samples, config, {
      store,
      decoder,
      backbone: networks.backbone,
      // Made on first use: where everything is in the store no network needs to be loaded.
      embedders: () =>
        pool ??= new EmbedPool({
          backbone: config.backbone,
          convolutions: config.kernels,
          weights,
          workers,
        }),
      features: features && (async (sample) => {
        await using _ = await claim?.(`features of ${sample.sample.id}`);
        await features!.make(sample);
      }),
      claim,
      workers,
      onProgress,
    });
  } finally {
    pool?.close();
    features?.[Symbol.dispose]();
    await decoder.close();
  }
}

import { createDecoder } from "../../media/create_decoder.ts";
import { EmbedPool } from "../../vision/embed_pool.ts";
import type { RunConfig, RunPlaces } from "../config.ts";
import { type Extraction, extractSamples, type ExtractTools } from "./extract.ts";
import type { Sample } from "../samples/samples.ts";

/** What {@linkcode extractCorpus} works on and reports. */
export interface ExtractCorpusOptions
  extends Pick<ExtractTools, "store" | "backbone" | "onProgress"> {
  /** The samples whose clips are decoded, unless the store has them. */
  readonly samples: readonly Sample[];
}

/** Extracts the samples' features with a decoder and a pool that live as long as that takes. */
export async function extractCorpus(
  config: RunConfig,
  { workers, weights }: Pick<RunPlaces, "workers" | "weights">,
  { samples, store, backbone, onProgress }: ExtractCorpusOptions,
): Promise<Extraction> {
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
          backbone: config.backbone,
          convolutions: config.kernels,
          weights,
          workers,
        }),
      workers,
      onProgress,
    });
  } finally {
    pool?.close();
    await decoder.close();
  }
}

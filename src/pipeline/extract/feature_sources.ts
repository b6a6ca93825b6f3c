import type { BackboneInfo } from "../../../models/backbone.ts";
import { loadDsp } from "../../audio/load_dsp.ts";
import type { Need, Needs } from "../../features/needs.ts";
import { modalitiesOf } from "../../modality.ts";
import { countedRows } from "../../numeric/counted_rows.ts";
import type { RunConfig } from "../config.ts";
import type { ExtractedSample } from "./extract.ts";
import { trackOfTensors } from "./landmark_entry.ts";
import { readPicture, readSound } from "./stored_tracks.ts";
import type { FeatureStore, StageKey } from "./store.ts";

/** What clips give by themselves, before anything is fitted. */
export type ClipNeed = Exclude<Need, "head">;

/** Where a run takes something from that features are computed from. */
export interface FeatureSource<N extends ClipNeed> {
  /** How the run listens or looks. */
  readonly settings: Needs[N]["settings"];
  /** The store's entry that a sample's is read from. */
  key(sample: ExtractedSample): StageKey | undefined;
  /** Reads a sample's. */
  read(sample: ExtractedSample): Promise<Needs[N]["given"]>;
}

/** What a run can compute features from. */
export type FeatureSources = { readonly [N in ClipNeed]?: FeatureSource<N> };

/** What a run with these settings can compute features from, before or after something is fitted. */
export function needsMetBy(
  { modality, backbone }: Pick<RunConfig, "modality" | "backbone">,
): ReadonlySet<Need> {
  const used = modalitiesOf(modality);
  const picture: Need[] = backbone === "landmarks" ? ["landmarks"] : ["embeddings", "head"];
  return new Set<Need>([
    ...used.includes("audio") ? ["sound" as const] : [],
    ...used.includes("video") ? picture : [],
  ]);
}

/**
 * The sources of a run.
 *
 * @param backbone The face network, where a run uses one.
 */
export async function featureSources(
  config: RunConfig,
  store: FeatureStore,
  backbone: BackboneInfo | undefined,
): Promise<FeatureSources> {
  const { seconds, sampleRate, mfcc, fps } = config;
  const met = needsMetBy(config);
  const dsp = met.has("sound") ? await loadDsp() : undefined;
  const looks = { frames: Math.round(seconds * fps), fps };
  const key = ({ picture }: ExtractedSample) => picture;
  return {
    sound: dsp && {
      settings: { seconds, sampleRate, mfcc },
      key: ({ sound }) => sound,
      read: async (sample) => ({ dsp, samples: await readSound(store, sample) }),
    },
    landmarks: met.has("landmarks")
      ? {
        settings: looks,
        key,
        read: async (sample) => ({ track: trackOfTensors(await readPicture(store, sample)) }),
      }
      : undefined,
    embeddings: met.has("embeddings") && backbone
      ? {
        settings: { ...looks, channels: backbone.channels },
        key,
        read: async (sample) => {
          const { embeddings, counts } = await readPicture(store, sample);
          const rows = countedRows(embeddings.data as Float32Array, counts.data as Uint8Array);
          return { rows, featureSize: embeddings.shape[1], fps };
        },
      }
      : undefined,
  };
}

import type { Ear } from "../../../models/ear.ts";
import { loadDsp } from "../../audio/load_dsp.ts";
import type { Need, Needs } from "../../features/needs.ts";
import { modalitiesOf } from "../../modality.ts";
import { initBackend } from "../../nn/backend.ts";
import { countedRows } from "../../numeric/counted_rows.ts";
import { loadEar } from "../../weights/load_ear.ts";
import type { RunConfig } from "../config.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import { trackOfTensors } from "./landmark_entry.ts";
import type { RunNetworks } from "./run_networks.ts";
import { readPicture, readSound, readSpeech } from "./stored_tracks.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";

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

/** What the sources of a run are made of. */
export interface SourceParts {
  /** The settings of the run. */
  readonly config: RunConfig;
  /** Where sounds and embeddings are. */
  readonly store: FeatureStore;
  /** The run's frozen networks, of the ear what it is. */
  readonly networks: Pick<RunNetworks, "ear"> & {
    readonly backbone?: Pick<NonNullable<RunNetworks["backbone"]>, "channels">;
  };
  /** File of the ear's weights, where there is an ear: it is loaded when something must be heard. */
  readonly earFile: string | undefined;
}

/** What a run with these settings can compute features from, before or after something is fitted. */
export function needsMetBy(
  { modality, backbone, ear }: Pick<RunConfig, "modality" | "backbone" | "ear">,
): ReadonlySet<Need> {
  const used = modalitiesOf(modality);
  const sound: Need[] = ear ? ["sound", "speech"] : ["sound"];
  const picture: Need[] = backbone === "landmarks" ? ["landmarks"] : ["embeddings", "head"];
  return new Set<Need>([
    ...used.includes("audio") ? sound : [],
    ...used.includes("video") ? picture : [],
  ]);
}

/** The sources of a run. */
export async function featureSources(
  { config, store, networks: { backbone, ear }, earFile }: SourceParts,
): Promise<FeatureSources> {
  const { seconds, sampleRate, mfcc, fps } = config;
  const met = needsMetBy(config);
  const dsp = met.has("sound") ? await loadDsp() : undefined;
  const looks = { frames: Math.round(seconds * fps), fps };
  const key = ({ picture }: ExtractedSample) => picture;
  let loaded: Promise<Ear> | undefined;
  let last:
    | { readonly sample: ExtractedSample; readonly samples: Promise<Float32Array> }
    | undefined;
  return {
    sound: dsp && {
      settings: { seconds, sampleRate, mfcc },
      key: ({ sound }) => sound,
      read: async (sample) => ({ dsp, samples: await readSound(store, sample) }),
    },
    speech: dsp && ear && earFile !== undefined
      ? {
        settings: { seconds, sampleRate: ear.sampleRate, mfcc, ear },
        key: ({ speech }) => speech && { ...speech, weights: ear.weightsHash },
        read: async (sample) => {
          // The same array for all sets of a sample, which share what the ear makes of it.
          if (last?.sample !== sample) last = { sample, samples: readSpeech(store, sample) };
          return {
            dsp,
            samples: await last.samples,
            ear: await (loaded ??= startEar(earFile, ear.weightsHash)),
          };
        },
      }
      : undefined,
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

async function startEar(file: string, weightsHash: string): Promise<Ear> {
  await initBackend();
  return await loadEar(file, weightsHash);
}

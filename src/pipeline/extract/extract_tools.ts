import type { BackboneInfo } from "../../../models/backbone.ts";
import type { Decoder } from "../../media/decoder.ts";
import type { EmbedPool } from "../../vision/embed_pool.ts";
import type { Sample } from "../samples/samples.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";

/** A sample whose features lie in the store. */
export interface ExtractedSample {
  /** Whose features they are. */
  readonly sample: Sample;
  /** Store entry of the sound, a tensor `samples`, where the voice is used. */
  readonly sound?: StageKey;
  /** Store entry of the sound at the rate of a trained ear, a tensor `samples`, where one hears it. */
  readonly speech?: StageKey;
  /**
   * Store entry of the picture, where the face is used: the tensors `embeddings` and `counts` (1 for each
   * frame that shows the judged face), or with the backbone `landmarks` the tensors `landmarks`,
   * `timestamps` and `found`.
   */
  readonly picture?: StageKey;
  /** Whether the sound is silence. */
  readonly silent: boolean;
  /** SHA-256 of each clip that gave something, by file. */
  readonly clips: Readonly<Record<string, string>>;
}

/** What the extraction works with. */
export interface ExtractTools {
  /** Where features are kept. */
  readonly store: FeatureStore;
  /** Turns clips into frames and samples. */
  readonly decoder: Decoder;
  /** The backbone's identity, where the face is used. */
  readonly backbone?: BackboneInfo;
  /** Gives the pool that embeds frames; called only when a clip is not in the store yet. */
  readonly embedders: () => Pick<EmbedPool, "embed">;
  /**
   * Makes the store's entries of features that are worth keeping, of a sample whose tracks are there.
   *
   * @default {they are made when they are read}
   */
  readonly features?: (sample: ExtractedSample) => Promise<void>;
  /**
   * Waits until no other worker is at a clip, and keeps it from them until it is disposed. Asked for clips that the
   * store lacks; the store is looked at again after it.
   *
   * @default {nobody else works on these clips}
   */
  readonly claim?: (file: string) => Promise<AsyncDisposable>;
  /** How many clips are worked on at once. */
  readonly workers: number;
  /** Reports how many samples are done, and how many of them came from the store. */
  readonly onProgress?: (done: number, total: number, cached: number) => void;
}

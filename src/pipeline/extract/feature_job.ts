import type { ExtractedSample } from "./extract_tools.ts";
import type { SourceParts } from "./feature_sources.ts";

/** What a feature worker is told when it starts. */
export interface FeatureInit extends Omit<SourceParts, "store"> {
  /** Folder of the store. */
  readonly storeDir: string;
}

/** The features of one sample that are to be made. */
export interface FeatureJob {
  /** The sample. */
  readonly sample: ExtractedSample;
  /** Names of the feature sets. */
  readonly sets: readonly string[];
}

import { LogisticRegression } from "../classify/linear/logistic_regression.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { StandardScaler } from "../classify/standard_scaler.ts";
import { LANDMARKS } from "../features/landmarks.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import type { FeatureStore } from "../pipeline/store/feature_store.ts";
import { LANDMARK_LEVELS, levelsOf } from "../vision/landmarks/landmark_levels.ts";
import { prepareWithout } from "./prepare_without.ts";

/**
 * How strongly the coefficients are held back (C of the logistic regression). Held back less it learns how the landmarks
 * of one detector lie, which another puts elsewhere: docs/faces.md has what was measured.
 */
const C = 0.001;

/** What tells expressions by the geometry of a face, fitted to landmark files. */
export interface Geometry {
  /** Its labels, in the order of its classes. */
  readonly labels: readonly string[];
  /** What brings levels to mean 0 and deviation 1. */
  readonly scaler: SavedModel;
  /** The logistic regression that follows. */
  readonly classifier: SavedModel;
  /** How many takes it was fitted to. */
  readonly takes: number;
  /** By how many speakers they are. */
  readonly speakers: number;
}

/** What a geometry is fitted to. */
export interface GeometryRequest {
  /** How clips are read, and which labels are learned. */
  readonly config: RunConfig;
  /** Where clips and landmark files are. */
  readonly places: RunPlaces;
  /** Where the landmarks are kept. */
  readonly store: FeatureStore;
  /** Speakers, as `speakerKey` names them, of whom nothing is learned. */
  readonly without: ReadonlySet<string>;
  /** Told how many takes are read. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Fits the geometry of faces to the landmark files of the takes that have one.
 *
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough takes.
 * @throws {StoreError} If the feature store cannot be written to.
 */
export async function fitGeometry(
  { config, places, store, without, onProgress }: GeometryRequest,
): Promise<Geometry> {
  const run = await prepareWithout(
    { ...config, modality: "video", backbone: "landmarks", landmarks: "files" },
    places,
    { store, without, onFeatures: onProgress },
  );
  const { samples, classes, features } = run;
  const { data, width } = features[LANDMARKS.name];
  const x = new Matrix(samples.length, LANDMARK_LEVELS.length);
  samples.forEach((_, i) => x.row(i).set(levelsOf(data.subarray(i * width, (i + 1) * width))));
  const scaler = new StandardScaler();
  scaler.fit(x);
  const classifier = new LogisticRegression({ c: C });
  const y = Int32Array.from(samples, ({ sample }) => classes.indexOf(sample.label));
  classifier.fit(scaler.transform(x), y, classes.length);
  return {
    labels: classes,
    scaler: scaler.state(),
    classifier: classifier.state(),
    takes: samples.length,
    speakers: new Set(samples.map(({ sample }) => sample.speaker)).size,
  };
}

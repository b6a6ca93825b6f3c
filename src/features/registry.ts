import type { Modality } from "../modality.ts";
import { EXPRESSION_GEOMETRY } from "./expression_geometry.ts";
import { EXPRESSION_PEAKS } from "./expression_peaks.ts";
import { FACE } from "./face.ts";
import { FACE_STATISTICS } from "./face_statistics.ts";
import type { FeatureSet } from "./feature_set.ts";
import { LANDMARK_SEQUENCE } from "./landmark_sequence.ts";
import { LANDMARKS } from "./landmarks.ts";
import { LOG_MEL } from "./log_mel.ts";
import { MFCC } from "./mfcc.ts";
import { SPEECH } from "./speech.ts";
import { VOICE } from "./voice.ts";
import { WHISPER } from "./whisper.ts";
import { WHISPER_FRAMES } from "./whisper_frames.ts";

/** Every feature set that Emofuse comes with. */
const OWN = [
  MFCC,
  VOICE,
  WHISPER,
  SPEECH,
  LOG_MEL,
  WHISPER_FRAMES,
  FACE,
  FACE_STATISTICS,
  EXPRESSION_PEAKS,
  EXPRESSION_GEOMETRY,
  LANDMARKS,
  LANDMARK_SEQUENCE,
] as const satisfies readonly FeatureSet[];

/** Names of the feature sets that Emofuse comes with. */
export type FeatureName = typeof OWN[number]["name"];

const registered = new Map<string, FeatureSet>(OWN.map((set) => [set.name, set]));

/** All feature sets, Emofuse's own first. */
export function featureSets(): FeatureSet[] {
  return [...registered.values()];
}

/** Whether Emofuse comes with the set, so that every thread knows it. */
export function isOwnFeatureSet(name: string): boolean {
  return OWN.some((set) => set.name === name);
}

/** The feature sets of one modality. */
export function featureSetsOf<M extends Modality>(modality: M): FeatureSetOfModality<M>[] {
  return featureSets().filter((set) => isOf(set, modality));
}

/** A feature set of the modality `M`. */
export type FeatureSetOfModality<M extends Modality> = Extract<
  FeatureSet,
  { readonly modality: M }
>;

function isOf<M extends Modality>(set: FeatureSet, modality: M): set is FeatureSetOfModality<M> {
  return set.modality === modality;
}

/**
 * The feature set of that name.
 *
 * @throws {RangeError} If there is none; the message lists those that there are.
 *
 * @example
 * ```ts
 * import { featureSet } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(featureSet("voice").modality, "audio");
 * assert.throws(() => featureSet("smell"), /no feature set "smell"/);
 * ```
 */
export function featureSet(name: string): FeatureSet {
  const set = registered.get(name);
  if (!set) {
    throw new RangeError(
      `there is no feature set "${name}": the feature sets are ${
        [...registered.keys()].join(", ")
      }`,
    );
  }
  return set;
}

/**
 * Adds a feature set to those that recipes and bundles may name, in this thread; disposing what it gives
 * takes the set away again. Sets that need a fitted head are computed by the threads of folds, which know
 * Emofuse's own alone.
 *
 * @throws {RangeError} If there is one of that name already, or it needs a fitted head.
 *
 * @example
 * ```ts
 * import { featureSet, registerFeatureSet } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * using _peak = registerFeatureSet({
 *   name: "peak",
 *   modality: "audio",
 *   needs: "sound",
 *   size: () => 1,
 *   compute: ({ samples }) => ({ data: Float32Array.of(samples.reduce((a, b) => Math.max(a, b))) }),
 * });
 * assert.equal(featureSet("peak").modality, "audio");
 * ```
 */
export function registerFeatureSet(set: FeatureSet): Disposable {
  if (registered.has(set.name)) {
    throw new RangeError(`there is a feature set "${set.name}" already`);
  }
  if (set.needs === "head") {
    throw new RangeError(`"${set.name}" needs a fitted head: add it to src/features/registry.ts`);
  }
  registered.set(set.name, set);
  return { [Symbol.dispose]: () => void registered.delete(set.name) };
}

import type { Backbone } from "../../models/backbone.ts";
import type { Ear } from "../../models/ear.ts";
import type { FaceDetector } from "../../models/face_detector.ts";
import type { Classifier, ModelState } from "../classify/classifier.ts";
import type { FrameHead } from "../features/frame_head.ts";
import type { Bundle } from "./bundle/bundle.ts";
import type { RecognizerOptions } from "./recognizer.ts";

/** What looks at frames. */
export interface Eyes {
  /** Describes a frame. */
  readonly backbone: Backbone;
  /** Finds the faces of a frame. */
  readonly detector: FaceDetector;
  /** The backbone `landmarks`, which tells how a face lies; bundles of older versions have none. */
  readonly mesh?: Backbone;
}

/** What of a bundle needs tfjs, and who needs it. */
export interface Networks {
  /** What looks at frames, where the model does. */
  readonly eyes?: Eyes;
  /** What hears the sound, where a network does. */
  readonly ear?: Ear;
  /** What follows the backbone, where something does. */
  readonly head?: FrameHead;
  /** Rebuilds a classifier, which may be a network. */
  restore(state: ModelState): Classifier;
}

/** Builds the networks of a bundle. */
export type LoadNetworks = (bundle: Bundle, options: RecognizerOptions) => Promise<Networks>;

/** Frees what looks at frames. */
export function disposeEyes({ backbone, detector, mesh }: Eyes): void {
  backbone.dispose();
  detector.dispose();
  if (mesh !== backbone) mesh?.dispose();
}

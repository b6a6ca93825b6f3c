import type { Backbone } from "../../models/backbone.ts";
import type { FaceDetector } from "../../models/face_detector.ts";
import type { Classifier, ModelState } from "../classify/classifier.ts";
import type { FrameHead } from "../features/frame_head.ts";
import type { Bundle } from "./bundle.ts";
import type { RecognizerOptions } from "./recognizer.ts";

/** What looks at frames. */
export interface Eyes {
  /** Describes a frame. */
  readonly backbone: Backbone;
  /** Finds the face of a frame. */
  readonly detector: FaceDetector;
}

/** What of a bundle needs tfjs, and who needs it. */
export interface Networks {
  /** What looks at frames, where the model does. */
  readonly eyes?: Eyes;
  /** What follows the backbone, where something does. */
  readonly head?: FrameHead;
  /** Rebuilds a classifier, which may be a network. */
  restore(state: ModelState): Classifier;
}

/** Builds the networks of a bundle. */
export type LoadNetworks = (bundle: Bundle, options: RecognizerOptions) => Promise<Networks>;

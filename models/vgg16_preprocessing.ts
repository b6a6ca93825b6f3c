import { WeightsError } from "./weights_error.ts";

/** What is done to a picture before VGG16 sees it. */
export interface Vgg16Preprocessing {
  /** The order of the channels that the first kernel reads. */
  readonly channels: "bgr" | "rgb";
  /** What is taken from each channel, in that order; values are not scaled. */
  readonly means: readonly [number, number, number];
}

/** Names of the known ways to prepare pictures. */
export type Vgg16PreprocessingName = "vggface" | "vggface-rgb" | "imagenet";

/** How pictures are prepared for weights of each origin. */
export const VGG16_PREPROCESSING: Readonly<Record<Vgg16PreprocessingName, Vgg16Preprocessing>> = {
  // Parkhi, Vedaldi and Zisserman's face data, by the Caffe release.
  "vggface": { channels: "bgr", means: [93.5940, 104.7624, 129.1863] },
  // The same by the MatConvNet release, whose first kernel reads red first.
  "vggface-rgb": { channels: "rgb", means: [129.1863, 104.7624, 93.5940] },
  // ImageNet, as Keras Applications' `preprocess_input` does it for VGG16.
  "imagenet": { channels: "bgr", means: [103.939, 116.779, 123.68] },
};

/** The entry of a weights file's metadata that holds the preprocessing. */
const KEY = "preprocessing";

/** The metadata entry that {@linkcode readVgg16Preprocessing} reads. */
export function writeVgg16Preprocessing(
  { channels, means }: Vgg16Preprocessing,
): Record<string, string> {
  return { [KEY]: JSON.stringify({ channels, means }) };
}

/**
 * The preprocessing that a weights file's metadata asks for: VGG-Face's where it says nothing.
 *
 * @example
 * ```ts
 * import { readVgg16Preprocessing } from "./vgg16_preprocessing.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(readVgg16Preprocessing({}).means, [93.5940, 104.7624, 129.1863]);
 * ```
 *
 * @throws {WeightsError} If it says something else than an order of channels and three means.
 */
export function readVgg16Preprocessing(
  metadata: Readonly<Record<string, string>>,
): Vgg16Preprocessing {
  const text = metadata[KEY];
  if (text === undefined) return VGG16_PREPROCESSING.vggface;
  let value: Partial<Vgg16Preprocessing> | null = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Reported below: what is not JSON is as unusable as JSON of another form.
  }
  const { channels, means } = value ?? {};
  if (
    (channels !== "bgr" && channels !== "rgb") || !Array.isArray(means) || means.length !== 3 ||
    !means.every(Number.isFinite)
  ) {
    throw new WeightsError(
      `the metadata's ${KEY} is ${text}: expected {"channels": "bgr" or "rgb", "means": [a, b, c]}`,
    );
  }
  return { channels, means: [means[0], means[1], means[2]] };
}

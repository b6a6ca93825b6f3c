import type { Box } from "./box.ts";
import * as tf from "@tensorflow/tfjs";
import { checkFrames } from "./backbone.ts";
import { loadGraph } from "./load_graph.ts";
import { replaceTensor } from "./replace_tensor.ts";
import { sha256Hex } from "./sha256.ts";
import { suppressOverlaps } from "./suppress_overlaps.ts";

/** Terms under which the detector's weights come. */
export const FACE_DETECTOR_LICENCE: string =
  "Apache-2.0 (Google MediaPipe BlazeFace; @vladmandic/human)";

/** Where the detector's weights come from. */
export const FACE_DETECTOR_SOURCE: string =
  "npm:@vladmandic/human models/blazeface, converted from https://github.com/google/mediapipe";

/** Side of the square input in pixels. */
const INPUT_SIZE = 256;

/** Pixels between the centres of the two grids, and how many boxes each centre has. */
const GRIDS = [{ step: 16, boxes: 2 }, { step: 32, boxes: 6 }];

/** The graph's outputs: scores and boxes of the fine grid, then of the coarse one. */
const OUTPUTS = ["Identity:0", "Identity_2:0", "Identity_1:0", "Identity_3:0"];

/** Values of one box: offset of its centre, width, height, and six facial points, which are not used. */
const BOX_VALUES = 16;

/** Faces score more than this. */
const LEAST_SCORE = 0.5;

export type { Box } from "./box.ts";

/** A face that was found. */
export interface FaceDetection extends Box {
  /** How sure the detector is, from 0 to 1. */
  readonly score: number;
}

/** Finds the faces of a frame. */
export interface FaceDetector {
  /** SHA-256 (hexadecimal) of the weights file. */
  readonly weightsHash: string;

  /**
   * The faces of an RGB frame [height, width, 3] with values 0 to 255 that score above one half, the
   * best first. A box spans the face from the brow to the chin.
   *
   * @throws {RangeError} If `frame` does not hold `height * width * 3` values.
   */
  detect(frame: Uint8Array, height: number, width: number): FaceDetection[];

  /** Frees the weights. The detector cannot be used afterwards. */
  dispose(): void;
}

/** The two files of the detector. */
export interface FaceDetectorFiles {
  /** Text of `blazeface.json`. */
  readonly manifest: string;
  /** Bytes of `blazeface.bin`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * BlazeFace (V. Bazarevsky et al., arXiv 1907.05047), MediaPipe's single-shot detector, which finds
 * faces that fill the picture as well as small ones.
 *
 * Preprocessing: a frame is padded with black to a square (centred), resized to 256 x 256 (bilinear)
 * and scaled to -1 to 1. The tfjs backend must be ready.
 *
 * @throws {WeightsError} If the files are damaged or of another network.
 */
export async function createFaceDetector(
  { manifest, weights }: FaceDetectorFiles,
): Promise<FaceDetector> {
  const weightsHash = await sha256Hex(weights);
  const model = await loadGraph({ file: "blazeface.json", manifest, weights, outputs: OUTPUTS });
  return {
    weightsHash,
    detect(frame, height, width) {
      checkFrames(frame, { n: 1, height, width });
      const side = Math.max(height, width);
      const left = (side - width) >> 1;
      const top = (side - height) >> 1;
      const [fineScores, fineBoxes, coarseScores, coarseBoxes] = tf.tidy(() => {
        let x = tf.tensor4d(padToSquare(frame, height, width, left, top), [1, side, side, 3]);
        x = replaceTensor(x, (input) => tf.image.resizeBilinear(input, [INPUT_SIZE, INPUT_SIZE]));
        x = replaceTensor(x, (input) => tf.sub<tf.Tensor4D>(tf.div(input, 127.5), 1));
        return (model.execute(x, OUTPUTS) as tf.Tensor[]).map((t) => t.dataSync<"float32">());
      });
      const placed: Place = { scale: side / INPUT_SIZE, left, top };
      return suppressOverlaps([
        ...facesOf(fineScores, fineBoxes, GRIDS[0], placed),
        ...facesOf(coarseScores, coarseBoxes, GRIDS[1], placed),
      ]);
    },
    dispose() {
      model.dispose();
    },
  };
}

function padToSquare(
  frame: Uint8Array,
  height: number,
  width: number,
  left: number,
  top: number,
): Float32Array<ArrayBuffer> {
  const side = Math.max(height, width);
  const out = new Float32Array(side * side * 3);
  for (let y = 0; y < height; y++) {
    const row = frame.subarray(y * width * 3, (y + 1) * width * 3);
    out.set(row, ((y + top) * side + left) * 3);
  }
  return out;
}

/** Where a frame lies in the network's input: its pixels a pixel of the input, and what pads it. */
interface Place {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** The faces that one grid sees, in pixels of the frame, however they overlap. */
function facesOf(
  scores: Float32Array,
  boxes: Float32Array,
  grid: { readonly step: number; readonly boxes: number },
  { scale, left, top }: Place,
): FaceDetection[] {
  const cells = INPUT_SIZE / grid.step;
  const faces: FaceDetection[] = [];
  scores.forEach((logit, i) => {
    const score = 1 / (1 + Math.exp(-logit));
    if (!(score > LEAST_SCORE)) return;
    const cell = Math.floor(i / grid.boxes);
    const values = boxes.subarray(i * BOX_VALUES, i * BOX_VALUES + 4);
    const centreX = (cell % cells + 0.5) * grid.step;
    const centreY = (Math.floor(cell / cells) + 0.5) * grid.step;
    const [dx, dy, width, height] = values;
    faces.push({
      x: (centreX + dx - width / 2) * scale - left,
      y: (centreY + dy - height / 2) * scale - top,
      width: width * scale,
      height: height * scale,
      score,
    });
  });
  return faces;
}

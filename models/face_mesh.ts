import * as tf from "@tensorflow/tfjs";
import { type Backbone, checkFrames } from "./backbone.ts";
import { FACE_MESH_FEATURES } from "./face_mesh_features.ts";
import { loadGraph } from "./load_graph.ts";
import { replaceTensor } from "./replace_tensor.ts";
import { sha256Hex } from "./sha256.ts";

/** The name of this backbone. */
export const LANDMARK_NETWORK = "landmarks" as const;

/** Terms under which the weights come. */
export const FACE_MESH_LICENCE: string =
  "Apache-2.0 (Google MediaPipe Face Mesh; @vladmandic/human)";

/** Where the weights come from. */
export const FACE_MESH_SOURCE: string =
  "npm:@vladmandic/human models/facemesh, converted from https://github.com/google/mediapipe";

/** Side of the square input in pixels. */
const INPUT_SIZE = 192;

/** Numbers of one point of the mesh: x, y and depth, of which depth is not used. */
const MESH_VALUES = 3;

/** The graph's outputs: the mesh, and whether it lies on a face. */
const OUTPUTS = ["Identity_2:0", "Identity_1:0"];

/** Frames of one pass. */
const BATCH = 8;

/**
 * The points of the mesh that lie where dlib's 68 are: jaw, brows, nose, eyes, lips. The mesh ends at the
 * same contour but spaces the jaw otherwise, so that jaw points agree least.
 */
// deno-fmt-ignore
const DLIB_POINTS = [
  162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389, // jaw
  71, 63, 105, 66, 107, 336, 296, 334, 293, 301, // brows
  168, 197, 5, 4, 75, 97, 2, 326, 305, // nose
  33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380, // eyes
  61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87, // mouth
];

/** The two files of the graph model. */
export interface FaceMeshFiles {
  /** Text of `facemesh.json`. */
  readonly manifest: string;
  /** Bytes of `facemesh.bin`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * MediaPipe's face mesh (Y. Kartynnik et al., "Real-time facial surface geometry from monocular video on
 * mobile GPUs", arXiv 1907.06724): of its 468 points the 68 of iBUG 300-W, in dlib's order.
 *
 * It wants pictures of a face with a margin of a quarter of its size on each side. The features of a
 * frame are x and y of each point in pixels of the frame, then the probability that there is a face.
 *
 * Preprocessing: a frame is resized to 192 x 192 (bilinear, pixel centres aligned) and scaled to 0 to 1.
 * The tfjs backend must be ready.
 *
 * @throws {WeightsError} If the files are damaged or of another network.
 */
export async function createFaceMesh({ manifest, weights }: FaceMeshFiles): Promise<Backbone> {
  const weightsHash = await sha256Hex(weights);
  const model = await loadGraph({ file: "facemesh.json", manifest, weights, outputs: OUTPUTS });
  return {
    name: LANDMARK_NETWORK,
    weightsHash,
    licence: FACE_MESH_LICENCE,
    source: FACE_MESH_SOURCE,
    channels: FACE_MESH_FEATURES,
    featureSize: () => FACE_MESH_FEATURES,
    embed(frames, shape) {
      checkFrames(frames, shape);
      const { n, height, width } = shape;
      const out = new Float32Array(n * FACE_MESH_FEATURES);
      const length = height * width * 3;
      for (let at = 0; at < n; at += BATCH) {
        const count = Math.min(BATCH, n - at);
        const part = frames.subarray(at * length, (at + count) * length);
        const [mesh, scores] = tf.tidy(() => {
          let x = tf.tensor4d(Float32Array.from(part), [count, height, width, 3]);
          x = replaceTensor(
            x,
            (input) => tf.image.resizeBilinear(input, [INPUT_SIZE, INPUT_SIZE], false, true),
          );
          x = replaceTensor(x, (input) => tf.div<tf.Tensor4D>(input, 255));
          return (model.execute(x, OUTPUTS) as tf.Tensor[]).map((t) => t.dataSync<"float32">());
        });
        const nMesh = mesh.length / count;
        for (let i = 0; i < count; i++) {
          const points = mesh.subarray(i * nMesh, (i + 1) * nMesh);
          const row = out.subarray((at + i) * FACE_MESH_FEATURES);
          DLIB_POINTS.forEach((point, k) => {
            row[2 * k] = points[point * MESH_VALUES] * width / INPUT_SIZE;
            row[2 * k + 1] = points[point * MESH_VALUES + 1] * height / INPUT_SIZE;
          });
          row[FACE_MESH_FEATURES - 1] = scores[i];
        }
      }
      return out;
    },
    dispose() {
      model.dispose();
    },
  };
}

/**
 * The script of one embedding worker: its own tfjs, its own copy of the backbone.
 *
 * @module
 */

import type { FrameShape } from "../../models/backbone.ts";
import type { FaceDetector } from "../../models/face_detector.ts";
import { cropFaces, type CropInfo } from "./crop_faces.ts";
import { embedFrames } from "./embed_frames.ts";
import type { EmbedInit, EmbedJob, EmbedResult } from "./embed_pool.ts";
import { loadBackbone } from "./load_backbone.ts";
import { loadFaceDetector } from "./load_face_detector.ts";
import { serveJobs, type WorkerScope } from "../runtime/serve_jobs.ts";

serveJobs(
  self as unknown as WorkerScope<EmbedInit, EmbedJob, EmbedResult>,
  async ({ backbone: name, weights, seed, convolutions, face }: EmbedInit) => {
    const backbone = await loadBackbone(name, { weights, seed, convolutions });
    let detector: FaceDetector | undefined;
    return async ({ frames, n, height, width, crop, frameStep, frameFill }: EmbedJob) => {
      let pixels = frames;
      let shape: FrameShape = { n, height, width };
      let cropped: CropInfo | undefined;
      if (crop === "face") {
        detector ??= await loadFaceDetector();
        const { frames: crops, ...info } = cropFaces(detector, frames, shape, face);
        pixels = crops;
        shape = { n, height: info.size, width: info.size };
        cropped = info;
      }
      const embedded = embedFrames(backbone, pixels, shape, { frameStep, frameFill });
      return {
        result: { ...embedded, crop: cropped },
        transfer: [embedded.embeddings.buffer],
      };
    };
  },
);

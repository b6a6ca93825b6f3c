/**
 * The script of one embedding worker: its own tfjs, its own copy of the backbone.
 *
 * @module
 */

import { embedClip } from "./embed_clip.ts";
import type { EmbedInit, EmbedJob, EmbedResult } from "./embed_job.ts";
import { loadBackbone } from "./load_backbone.ts";
import type { FaceEyes } from "./faces/watch_faces.ts";
import { loadFaceDetector } from "./load_face_detector.ts";
import { serveJobs } from "../runtime/serve_jobs.ts";

serveJobs<EmbedInit, EmbedJob, EmbedResult>(
  async ({ backbone: name, weights, seed, convolutions, face }: EmbedInit) => {
    const backbone = await loadBackbone(name, { weights, seed, convolutions });
    let known: FaceEyes | undefined;
    return async ({ frames, n, height, width, fps, crop, frameStep, frameFill }: EmbedJob) => {
      const eyes = crop === "face" ? known ??= { detector: await loadFaceDetector() } : undefined;
      const shape = { n, height, width };
      const result = embedClip(backbone, frames, shape, {
        eyes,
        face,
        fps,
        frameStep,
        frameFill,
      });
      return { result, transfer: [result.embeddings.buffer] };
    };
  },
);

/**
 * One recogniser in a process of its own, without a server: what streaming costs and what memory many
 * predictions leave, for `deno task bench serve`. Answers lines of JSON.
 *
 * @module
 */

import { createDecoder } from "../../src/media/create_decoder.ts";
import { Random } from "../../src/numeric/random.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { streamClip } from "../../src/serve/stream_clip.ts";
import { serveLines } from "./serve_lines.ts";

/** What the process is asked. */
export type SingleRequest =
  | { readonly kind: "memory"; readonly model: string; readonly predictions: number }
  | {
    readonly kind: "stream";
    readonly model: string;
    /** A clip that is repeated until the recording is long enough. */
    readonly clip: string;
    readonly seconds: number;
  };

/** What many predictions leave in memory. */
export interface MemoryAnswer {
  /** Resident memory after the first 100 predictions, after half of them, and after all, in MB. */
  readonly residentMb: readonly [number, number, number];
}

/** What a stream along a recording costs. */
export interface StreamAnswer {
  /** How long the recording took, in seconds. */
  readonly seconds: number;
  /** Predictions on the way. */
  readonly predictions: number;
  /** Frames in the recording. */
  readonly frames: number;
  /** Modalities that the predictions went by. */
  readonly used: readonly string[];
}

const WARM_UP = 100;
const MB = 2 ** 20;

async function memory(recognizer: Recognizer, predictions: number): Promise<MemoryAnswer> {
  const { audio, video } = recognizer.card;
  const random = new Random(1);
  const sampleRate = audio?.sampleRate ?? 8000;
  const features = video?.backbone.featureSize ?? 0;
  // One second of noise: enough for a prediction, and other noise each time.
  const clip = (): ClipInput => ({
    samples: Float32Array.from({ length: sampleRate }, () => 0.2 * random.next() - 0.1),
    sampleRate,
    ...(video
      ? {
        embeddings: {
          data: Float32Array.from({ length: video.fps * features }, () => random.next()),
          n: video.fps,
          fps: video.fps,
        },
      }
      : {}),
  });
  const at = [Math.min(WARM_UP, predictions), Math.ceil(predictions / 2), predictions];
  const residentMb = [0, 0, 0] as [number, number, number];
  for (let i = 1; i <= predictions; i++) {
    recognizer.predict(clip());
    for (const [k, count] of at.entries()) {
      if (i === count) residentMb[k] = Deno.memoryUsage().rss / MB;
    }
    // Garbage is collected between tasks, as in a server.
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { residentMb };
}

async function stream(
  recognizer: Recognizer,
  file: string,
  seconds: number,
): Promise<StreamAnswer> {
  const { audio, video, windowSeconds } = recognizer.card;
  const sampleRate = audio?.sampleRate ?? 8000;
  const decoder = await createDecoder("wasm");
  const { samples, frames, frameCount } = await decoder.decode(file, {
    seconds: windowSeconds,
    sampleRate,
    ...(video ? { width: video.width, height: video.height, fps: video.fps } : { picture: false }),
  }).finally(() => decoder.close());
  const long = Float32Array.from(
    { length: seconds * sampleRate },
    (_, i) => samples[i % samples.length],
  );
  const n = video ? seconds * video.fps : 0;
  const size = video ? video.width * video.height * 3 : 0;
  const data = new Uint8Array(n * size);
  for (let i = 0; i < n; i++) {
    const from = (i % frameCount) * size;
    data.set(frames.subarray(from, from + size), i * size);
  }
  const start = performance.now();
  const used = new Set<string>();
  let predictions = 0;
  const recording: ClipInput = {
    samples: long,
    sampleRate,
    ...(video
      ? { frames: { data, n, width: video.width, height: video.height, fps: video.fps } }
      : {}),
  };
  for (const prediction of streamClip(recognizer, recording, {})) {
    predictions++;
    prediction.used.forEach((modality) => used.add(modality));
  }
  const took = (performance.now() - start) / 1000;
  return { seconds: took, predictions, frames: n, used: [...used].sort() };
}

await serveLines(async (request: SingleRequest) => {
  const recognizer = await loadRecognizer(await Deno.readFile(request.model));
  try {
    return request.kind === "memory"
      ? await memory(recognizer, request.predictions)
      : await stream(recognizer, request.clip, request.seconds);
  } finally {
    recognizer.dispose();
  }
});

import type { FacePrediction } from "../../src/predict/faces/face_streams.ts";
import type { Recognizer, StreamChunk, StreamOptions } from "../../src/recognize/recognizer.ts";
import type { SeenNow } from "./calls.ts";

/** A stream of the worker, whoever is recognised in it. */
export interface WorkerStream {
  /** Continues it: the predictions that became due. */
  push(chunk: StreamChunk): FacePrediction[];
  /** The faces that its last look found. */
  faces(): SeenNow;
  /** Ends it: what is left. */
  end(): FacePrediction[];
  /** Forgets it. */
  dispose(): void;
}

/** A stream in which the largest of several faces is recognised. */
export function largestStream(recognizer: Recognizer, options: StreamOptions): WorkerStream {
  const stream = recognizer.stream(options);
  return {
    push: (chunk) => stream.push(chunk),
    faces() {
      const { time = -Infinity, faces = [], judged } = stream.seen() ?? {};
      return { time, faces: faces.map((face) => ({ ...face, isJudged: face === judged })) };
    },
    end: () => stream.end(),
    dispose: () => stream.dispose(),
  };
}

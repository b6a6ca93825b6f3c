import type { FaceDetection, FaceDetector } from "../../../models/face_detector.ts";

/** A square face. */
export function face(x: number, y: number, side: number, score = 0.9): FaceDetection {
  return { x, y, width: side, height: side, score };
}

/** Answers with the given detections in turn, and notes the first value of the frames it is shown. */
export function scripted(
  answers: readonly (readonly FaceDetection[])[],
): FaceDetector & { seen: number[] } {
  const seen: number[] = [];
  return {
    seen,
    weightsHash: "",
    detect(frame) {
      seen.push(frame[0]);
      return [...answers[seen.length - 1] ?? []];
    },
    dispose() {},
  };
}

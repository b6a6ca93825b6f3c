import type { PredictedPart } from "../../../src/predict/clip_file.ts";
import type { Prediction, TimedPrediction } from "../../../src/recognize/prediction.ts";

/** The voice, one of several faces, or all there is where only one is recognised. */
export interface Subject {
  /** The number of a face, 0 for all else. */
  readonly key: number;
  /** Its last prediction, or that of the clip as a whole. */
  whole?: Prediction;
  /** Why there is none. */
  reason?: string;
  /** Its predictions along the time. */
  along: TimedPrediction[];
}

/** What a subject is called where there are several. */
export function subjectName(key: number): string {
  return key === 0 ? "voice" : `face ${key}`;
}

/** Takes what is said of a part of a clip. */
export function takePart(subject: Subject, part: PredictedPart): void {
  if ("reason" in part) subject.reason = part.reason;
  else subject.whole = part.prediction;
}

/** The prediction that holds at a time: that of the first window that has reached it. */
export function predictionAt({ along }: Subject, time: number): TimedPrediction | undefined {
  return along.find(({ end }) => end >= time) ?? along.at(-1);
}

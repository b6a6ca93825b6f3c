import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { Enrolment } from "../../src/recognize/enrol/enrolment.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../../src/recognize/prediction.ts";
import type {
  PredictionOptions,
  StreamChunk,
  StreamOptions,
} from "../../src/recognize/recognizer.ts";

/** What can be asked of the Web Worker: the arguments and the answer of each call. */
export interface Calls {
  /** Loads the bundle that a GET of `url` answers, or that `bytes` are. */
  readonly load: [{ readonly url?: string; readonly bytes?: Uint8Array }, ModelCard];
  /** Predicts a clip. */
  readonly predict: [
    { readonly clip: ClipInput; readonly options: PredictionOptions },
    Prediction,
  ];
  /** Enrols a person. */
  readonly enrol: [
    { readonly clips: readonly ClipInput[]; readonly former: Enrolment | undefined },
    Enrolment,
  ];
  /** Checks what is said to be an enrolment. */
  readonly checkEnrolment: [unknown, Enrolment];
  /** Begins a stream; an earlier one is given up. */
  readonly open: [StreamOptions, null];
  /** Continues the stream. */
  readonly push: [StreamChunk, TimedPrediction[]];
  /** Ends the stream. */
  readonly end: [null, TimedPrediction[]];
}

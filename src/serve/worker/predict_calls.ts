import type { Enrolment } from "../../recognize/enrol/enrolment.ts";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../../recognize/prediction.ts";
import type { PredictionOptions, StreamOptions } from "../../recognize/recognizer.ts";
import type { ServeLimits } from "../limits.ts";
import type { ProblemStatus } from "../problem.ts";
import type { ClipSource } from "../runner.ts";

/** What a prediction worker is asked: the argument and the answer of each call. */
export interface PredictCalls {
  /** Loads the model from its bundle's bytes; comes first. */
  readonly load: [{ readonly bundle: Uint8Array; readonly limits: ServeLimits }, ModelCard];
  /** Predicts a clip. */
  readonly predict: [
    { readonly source: ClipSource; readonly options: PredictionOptions },
    Prediction,
  ];
  /** Enrols a person by a clip. */
  readonly enrol: [
    { readonly source: ClipSource; readonly former: Enrolment | undefined },
    Enrolment,
  ];
  /** Begins to predict along a clip. */
  readonly open: [{ readonly source: ClipSource; readonly options: StreamOptions }, null];
  /** Gives the next prediction along the clip, or undefined at its end. */
  readonly next: [null, TimedPrediction | undefined];
  /** Gives the clip up. */
  readonly drop: [null, null];
}

/** What is said of an error besides its name and message. */
export interface PredictFailure {
  /** The problem's status, or undefined for a defect. */
  readonly status: ProblemStatus | undefined;
}

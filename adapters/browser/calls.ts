import type { Box } from "../../models/box.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { Enrolment } from "../../src/recognize/enrol/enrolment.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { PredictedPart } from "../../src/predict/clip_file.ts";
import type { FacePrediction } from "../../src/predict/faces/face_streams.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import type {
  PredictionOptions,
  StreamChunk,
  StreamOptions,
} from "../../src/recognize/recognizer.ts";

/** How a stream of the worker goes. */
export interface WorkerStreamOptions extends StreamOptions {
  /**
   * Who is recognised: of several faces the `largest`, `all` of them as they come and go, or all those that were
   * `found` by `predictFaces` before. Where it is not the largest each goes by itself, and the voice, too.
   *
   * @default {"largest"}
   */
  readonly faces?: "largest" | "all" | "found";
}

/** A face of the last look. */
export interface SeenFace extends Box {
  /** Its number, where all are recognised. */
  readonly faceNumber?: number;
  /** Whether it is recognised. */
  readonly isJudged: boolean;
}

/** What the last look of a stream found. */
export interface SeenNow {
  /** When it was, in seconds; -Infinity before the first. */
  readonly time: number;
  /** The faces, in pixels of the picture. */
  readonly faces: readonly SeenFace[];
}

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
  /**
   * Predicts each of several faces of a clip by itself, and its voice; nothing where there are not several. Faces are
   * followed by the clip's frames, which therefore need to be there.
   */
  readonly predictFaces: [
    { readonly clip: ClipInput; readonly options: PredictionOptions },
    PredictedPart[],
  ];
  /** Begins a stream; an earlier one is given up. */
  readonly open: [WorkerStreamOptions, null];
  /** Continues the stream. */
  readonly push: [StreamChunk, FacePrediction[]];
  /** The faces that the stream's last look found. */
  readonly faces: [null, SeenNow];
  /** Ends the stream. */
  readonly end: [null, FacePrediction[]];
}

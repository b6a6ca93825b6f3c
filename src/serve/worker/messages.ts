import type { ModelCard } from "../../recognize/model_card.ts";
import type { Prediction, TimedPrediction } from "../../recognize/prediction.ts";
import type { StreamOptions } from "../../recognize/recognizer.ts";
import type { ServeLimits } from "../limits.ts";
import type { ProblemStatus } from "../problem.ts";
import type { ClipSource } from "../runner.ts";

/** What a worker is asked, one thing at a time; it answers each but `drop`. */
export type WorkerRequest =
  | {
    readonly kind: "load";
    /** The bundle's bytes. */
    readonly bundle: Uint8Array;
    readonly limits: ServeLimits;
  }
  | { readonly kind: "predict"; readonly source: ClipSource }
  | { readonly kind: "open"; readonly source: ClipSource; readonly options: StreamOptions }
  | { readonly kind: "next" }
  | { readonly kind: "drop" };

/** What a worker answers. */
export type WorkerAnswer =
  | { readonly kind: "loaded"; readonly card: ModelCard }
  | { readonly kind: "prediction"; readonly prediction: Prediction }
  | { readonly kind: "opened" }
  | { readonly kind: "next"; readonly prediction: TimedPrediction | undefined }
  | {
    readonly kind: "failed";
    /** The problem's status, or undefined for a defect. */
    readonly status: ProblemStatus | undefined;
    /** Class name of the error. */
    readonly name: string;
    readonly message: string;
  };

/** One end of a channel between two threads, as either of a runtime's worker APIs gives it. */
export interface Port<Incoming, Outgoing> {
  /** Posts a message; the buffers listed are handed over instead of copied. */
  post(message: Outgoing, transfer: ArrayBuffer[]): void;
  /** Calls back with every message; once. */
  listen(onMessage: (message: Incoming) => void): void;
}

/** A worker, seen from the thread that started it. */
export interface WorkerHandle extends Port<WorkerAnswer, WorkerRequest> {
  /** Calls back when it ended by itself, with the reason; once. */
  onEnd(callback: (reason: string) => void): void;
  /** Ends it, whatever it is doing. */
  terminate(): void;
}

import type { ClipSpan } from "../corpus/clip.ts";
import type { Prediction } from "../recognize/prediction.ts";
import type { TimelineClip } from "./timeline.ts";

/** A clip to predict. */
export interface ClipFile {
  /** What it is called. */
  readonly file: string;
  /** Where it lies. */
  readonly path: string;
  /**
   * The part of it that is meant.
   *
   * @default {all of it}
   */
  readonly span?: ClipSpan;
  /**
   * Where the landmarks of its face lie.
   *
   * @default {there are none}
   */
  readonly landmarks?: string;
  /** Why it is known already that it cannot be predicted. */
  readonly reason?: string;
}

/** A prediction of a whole clip or of a part of one, or why there is none. */
export type PredictedPart =
  & {
    /** Where it begins in the file, in seconds; undefined for a whole file. */
    readonly start?: number;
    /** Where it ends in the file, in seconds; undefined for a whole file. */
    readonly end?: number;
    /** Which face it is of, from 1 on, where there are several. */
    readonly face?: number;
  }
  & (
    | {
      /** What the recogniser says. */
      readonly prediction: Prediction;
    }
    | {
      /** Why it says nothing: one line for people. */
      readonly reason: string;
    }
  );

/** What became of a clip. */
export interface ClipOutcome {
  /** What it is called. */
  readonly file: string;
  /** What is said of it: one part, or as many as were found in it; none of a recording in which nothing was found. */
  readonly parts: readonly PredictedPart[];
  /** Its timeline, where one was asked for. */
  readonly timeline?: TimelineClip;
}

/** Why nothing at all is said of a clip; undefined where something is. */
export function whyNothing({ parts }: ClipOutcome): string | undefined {
  const reasons = parts.flatMap((part) => "reason" in part ? [part.reason] : []);
  return reasons.length === parts.length ? reasons[0] : undefined;
}

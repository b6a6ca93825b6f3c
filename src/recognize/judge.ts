import type { DecisionRule } from "../fusion/decision_rule.ts";
import { fillUnknown } from "../fusion/fill_unknown.ts";
import { MODALITIES, type Modality } from "../modality.ts";
import { Matrix } from "../numeric/matrix.ts";
import { addReports } from "../vision/faces/add_reports.ts";
import type { FaceReport } from "../vision/faces/face_report.ts";
import type { LandmarkTrack } from "../vision/landmarks/landmark_track.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import type { ClipInput } from "./clip_input.ts";
import { faceFlags } from "./words/face_flags.ts";
import { type Speaker, STRANGER } from "./enrol/speaker.ts";
import type { KnownLabels } from "./known_labels.ts";
import type { Listener } from "./listener.ts";
import { calibrate, type Temperatures } from "./sure/calibrate.ts";
import { giveLabel } from "./sure/uncertain.ts";
import type { Flaw, Prediction, Probabilities } from "./prediction.ts";
import type { PredictionOptions } from "./recognizer.ts";
import type { Tracker } from "./tracker.ts";
import type { Sight, Watcher } from "./watcher.ts";

/** What a window holds. */
export interface WindowContent {
  /** The sound at the listener's rate, where there is any. */
  readonly sound?: Float32Array;
  /** What was seen, where there is a picture. */
  readonly sight?: Sight;
  /** The landmarks of the face, where somebody else found them. */
  readonly track?: LandmarkTrack;
}

/** What each modality of a window gave: probabilities of the labels that it knows, or why there are none. */
export interface Verdict {
  /** What the voice gave. */
  readonly audio?: Float32Array | Flaw;
  /** What the face gave. */
  readonly video?: Float32Array | Flaw;
  /** What was seen of the face, where frames were looked at. */
  readonly face?: FaceReport;
  /** What they give together, of all labels; undefined where neither could be used. */
  readonly fused?: Float32Array;
}

/** The senses of a recogniser, what they know, and how they are combined. */
export interface Senses {
  /** The labels, in the order of what is concluded. */
  readonly labels: readonly string[];
  /** Which of them each modality knows. */
  readonly knows: KnownLabels;
  /** The voice's part. */
  readonly listener?: Listener;
  /** The face's part, where the model looks at pictures. */
  readonly watcher?: Watcher;
  /** The face's part, where the model goes by landmark files. */
  readonly tracker?: Tracker;
  /** The rule that combines them, where there are both. */
  readonly rule?: DecisionRule;
  /** How far their probabilities are scaled. */
  readonly temperatures: Temperatures;
}

/**
 * Judges one window.
 *
 * @param speaker What is known of the person in it.
 */
export function judgeWindow(
  { labels, knows, listener, watcher, tracker, rule, temperatures }: Senses,
  { sound, sight, track }: WindowContent,
  speaker: Speaker = STRANGER,
): Verdict {
  const audio = listener && sound && listener.listen(sound, speaker.audio);
  const video = tracker
    ? track && tracker.judge(track, speaker.video)
    : watcher && sight && watcher.judge(sight, speaker.video);
  const given: Verdict = { audio, video };
  const opinions = MODALITIES.flatMap((modality) => {
    const own = given[modality];
    if (!(own instanceof Float32Array)) return [];
    return [{ probabilities: new Matrix(1, own.length, own), known: knows[modality]! }];
  });
  const usable = fillUnknown(opinions, labels.length);
  const fused = (usable.length === 2 ? rule!.combine(usable) : usable[0])?.data;
  if (fused && !fused.every(Number.isFinite)) {
    throw new BundleError("the model gives probabilities that are no numbers: train it anew");
  }
  return { ...calibrate({ ...given, fused }, temperatures), face: sight?.report };
}

/**
 * One prediction from the verdicts of all windows of a clip: the mean of their probabilities. A
 * modality counts as used if it was in any window, and its flaw is told if it was in none; what was seen of
 * the face is added up over all windows. Labels that nothing used knows have the probability 0. Where no window
 * could be judged the probabilities are equal and the label is empty; where the highest of them is below
 * `minConfidence` it is `uncertain`.
 */
export function conclude(
  { labels, knows, tracker }: Pick<Senses, "labels" | "knows" | "tracker">,
  verdicts: readonly Verdict[],
  { warnings = [], missing = {}, minConfidence = 0 }:
    & Pick<ClipInput, "warnings" | "missing">
    & Pick<PredictionOptions, "minConfidence"> = {},
): Prediction {
  const modalities: Partial<Record<Modality, Probabilities>> = {};
  const flaws = new Map<Modality, Flaw | undefined>();
  for (const modality of MODALITIES.filter((modality) => knows[modality])) {
    const given = verdicts.map((verdict) => verdict[modality]);
    const mean = meanOf(given.filter((value) => value instanceof Float32Array));
    if (mean) modalities[modality] = nameOwn(labels, knows[modality]!, mean);
    else flaws.set(modality, given.find((value) => typeof value === "string"));
  }
  const used = MODALITIES.filter((modality) => modalities[modality] !== undefined);
  const known = new Set(used.flatMap((modality) => knows[modality]!));
  const mean = meanOf(verdicts.flatMap(({ fused }) => fused ? [fused] : []), known);
  const probabilities = mean ?? new Float64Array(labels.length).fill(1 / labels.length);
  const face = addReports(verdicts.flatMap(({ face }) => face ? [face] : []));
  const unknown = mean ? labels.filter((_, i) => !known.has(i)) : [];
  return {
    ...(mean ? giveLabel(labels, mean, minConfidence) : { label: "", likeliest: "" }),
    probabilities: Object.fromEntries(labels.map((label, i) => [label, probabilities[i]])),
    modalities,
    used,
    ...(unknown.length > 0 ? { unknown } : {}),
    ...(flaws.size > 0
      ? { fallback: fallbackText(flaws, used, unknown, missing, tracker !== undefined) }
      : {}),
    quality: [
      ...new Set([...flaws.values()].filter((flaw) => flaw !== undefined)),
      ...(face ? faceFlags(face) : []),
    ],
    ...(face ? { face } : {}),
    warnings,
  };
}

/** Probabilities of a modality's own labels by their names, in the order of all labels. */
function nameOwn(
  labels: readonly string[],
  known: readonly number[],
  values: Float64Array,
): Probabilities {
  return Object.fromEntries(
    labels.flatMap((label, i) => known.includes(i) ? [[label, values[known.indexOf(i)]]] : []),
  );
}

/** The mean of rows of probabilities, of the columns `known` or else all, made to sum to 1 exactly. */
function meanOf(
  rows: readonly Float32Array[],
  known?: ReadonlySet<number>,
): Float64Array | undefined {
  if (rows.length === 0) return undefined;
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) {
    row.forEach((value, i) => sum[i] += known === undefined || known.has(i) ? value : 0);
  }
  const total = sum.reduce((a, b) => a + b, 0);
  return sum.map((value) => value / total);
}

/** Why a modality was not used, in words. */
const REASONS: Readonly<Record<Modality | "landmarks", Record<Flaw | "absent", string>>> = {
  audio: {
    "absent": "there is no sound",
    "silence": "the sound is silent",
    "too-short": "the sound is too short",
    "no-face": "",
  },
  video: {
    "absent": "there is no picture",
    "no-face": "the picture shows no face",
    "too-short": "the picture is too short",
    "silence": "",
  },
  landmarks: {
    "absent": "there are no landmarks of the face, which this model needs (it takes no pictures)",
    "no-face": "the landmarks show no face",
    "too-short": "the landmarks are too short",
    "silence": "",
  },
};

/** One sentence on what was missing, and what the rest therefore cannot tell. */
function fallbackText(
  flaws: ReadonlyMap<Modality, Flaw | undefined>,
  used: readonly Modality[],
  unknown: readonly string[],
  missing: NonNullable<ClipInput["missing"]>,
  byLandmarks: boolean,
): string {
  const reasons = [...flaws].map(([modality, flaw]) => {
    const words = REASONS[byLandmarks && modality === "video" ? "landmarks" : modality];
    return flaw === undefined ? missing[modality] ?? words.absent : words[flaw];
  });
  const rest = used.length === 0
    ? "nothing could be recognised"
    : `the prediction is the ${used[0] === "audio" ? "voice" : "face"}'s alone`;
  const limits = unknown.length > 0 ? `, which does not know: ${unknown.join(", ")}` : "";
  const text = `${reasons.join(" and ")}: ${rest}${limits}`;
  return text[0].toUpperCase() + text.slice(1);
}

import type { DecisionRule } from "../fusion/decision_rule.ts";
import { Matrix } from "../numeric/matrix.ts";
import { addReports } from "../vision/faces/add_reports.ts";
import type { FaceReport } from "../vision/faces/face_report.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import type { ClipInput } from "./clip_input.ts";
import type { Listener } from "./listener.ts";
import { faceFlags } from "./face_flags.ts";
import { type Speaker, STRANGER } from "./enrol/speaker.ts";
import { calibrate, type Temperatures } from "./sure/calibrate.ts";
import { giveLabel } from "./sure/uncertain.ts";
import type { Flaw, Prediction, Probabilities, UsedModality } from "./prediction.ts";
import type { PredictionOptions } from "./recognizer.ts";
import type { Sight, Watcher } from "./watcher.ts";

/** What a window holds. */
export interface WindowContent {
  /** The sound at the listener's rate, where there is any. */
  readonly sound?: Float32Array;
  /** What was seen, where there is a picture. */
  readonly sight?: Sight;
}

/** What each modality of a window gave: class probabilities, or why there are none. */
export interface Verdict {
  /** What the voice gave. */
  readonly audio?: Float32Array | Flaw;
  /** What the face gave. */
  readonly video?: Float32Array | Flaw;
  /** What was seen of the face, where frames were looked at. */
  readonly face?: FaceReport;
  /** What they give together; undefined where neither could be used. */
  readonly fused?: Float32Array;
}

const MODALITIES: readonly UsedModality[] = ["audio", "video"];

/** The senses of a recogniser, and how they are combined. */
export interface Senses {
  /** The voice's part. */
  readonly listener?: Listener;
  /** The face's part. */
  readonly watcher?: Watcher;
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
  { listener, watcher, rule, temperatures }: Senses,
  { sound, sight }: WindowContent,
  speaker: Speaker = STRANGER,
): Verdict {
  const audio = listener && sound && listener.listen(sound, speaker.audio);
  const video = watcher && sight && watcher.judge(sight, speaker.video);
  const usable = [audio, video].filter((given) => given instanceof Float32Array);
  const fused = usable.length === 2
    ? rule!.combine(usable.map((given) => new Matrix(1, given.length, given))).data
    : usable[0];
  if (fused && !fused.every(Number.isFinite)) {
    throw new BundleError("the model gives probabilities that are no numbers: train it anew");
  }
  return { ...calibrate({ audio, video, fused }, temperatures), face: sight?.report };
}

/**
 * One prediction from the verdicts of all windows of a clip: the mean of their probabilities. A
 * modality counts as used if it was in any window, and its flaw is told if it was in none; what was seen of
 * the face is added up over all windows. Where no window
 * could be judged the probabilities are equal and the label is empty; where the highest of them is below
 * `minConfidence` it is `uncertain`.
 */
export function conclude(
  labels: readonly string[],
  knows: Readonly<Record<UsedModality, boolean>>,
  verdicts: readonly Verdict[],
  { warnings = [], missing = {}, minConfidence = 0 }:
    & Pick<ClipInput, "warnings" | "missing">
    & Pick<PredictionOptions, "minConfidence"> = {},
): Prediction {
  const name = (values: Float64Array): Probabilities =>
    Object.fromEntries(labels.map((label, i) => [label, values[i]]));
  const modalities: Partial<Record<UsedModality, Probabilities>> = {};
  const flaws = new Map<UsedModality, Flaw | undefined>();
  for (const modality of MODALITIES.filter((modality) => knows[modality])) {
    const given = verdicts.map((verdict) => verdict[modality]);
    const mean = meanOf(given.filter((value) => value instanceof Float32Array));
    if (mean) modalities[modality] = name(mean);
    else flaws.set(modality, given.find((value) => typeof value === "string"));
  }
  const mean = meanOf(verdicts.flatMap(({ fused }) => fused ? [fused] : []));
  const probabilities = mean ?? new Float64Array(labels.length).fill(1 / labels.length);
  const face = addReports(verdicts.flatMap(({ face }) => face ? [face] : []));
  const used = MODALITIES.filter((modality) => modalities[modality] !== undefined);
  return {
    ...(mean ? giveLabel(labels, mean, minConfidence) : { label: "", likeliest: "" }),
    probabilities: name(probabilities),
    modalities,
    used,
    ...(flaws.size > 0 ? { fallback: fallbackText(flaws, used, missing) } : {}),
    quality: [
      ...new Set([...flaws.values()].filter((flaw) => flaw !== undefined)),
      ...(face ? faceFlags(face) : []),
    ],
    ...(face ? { face } : {}),
    warnings,
  };
}

/** The mean of rows of probabilities, made to sum to 1 exactly. */
function meanOf(rows: readonly Float32Array[]): Float64Array | undefined {
  if (rows.length === 0) return undefined;
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) row.forEach((value, i) => sum[i] += value);
  const total = sum.reduce((a, b) => a + b, 0);
  return sum.map((value) => value / total);
}

/** Why a modality was not used, in words. */
const REASONS: Readonly<Record<UsedModality, Readonly<Record<Flaw | "absent", string>>>> = {
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
};

/** One sentence on what was missing. */
function fallbackText(
  flaws: ReadonlyMap<UsedModality, Flaw | undefined>,
  used: readonly UsedModality[],
  missing: NonNullable<ClipInput["missing"]>,
): string {
  const reasons = [...flaws].map(([modality, flaw]) =>
    flaw === undefined ? missing[modality] ?? REASONS[modality].absent : REASONS[modality][flaw]
  );
  const rest = used.length === 0
    ? "nothing could be recognised"
    : `the prediction is the ${used[0] === "audio" ? "voice" : "face"}'s alone`;
  const text = `${reasons.join(" and ")}: ${rest}`;
  return text[0].toUpperCase() + text.slice(1);
}

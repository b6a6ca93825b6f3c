import { uar } from "../../src/evaluate/uar.ts";
import type { Seen } from "../../src/modality.ts";
import { Random } from "../../src/numeric/random.ts";
import {
  type FinalOptions,
  fitFinal,
  type FittedModel,
} from "../../src/pipeline/fold/fit_final.ts";
import type { PreparedRun } from "../../src/pipeline/run/prepare_run.ts";
import { splitSamples } from "../../src/pipeline/samples/split_samples.ts";
import { drawEnrolled, type EnrolledPrediction } from "./draw_enrolled.ts";

/** Numbers of clips to enrol by. */
export const COUNTS = [0, 1, 2, 5, 10, 20] as const;

/** Priors that are tried on training speakers. */
const PRIORS = [1, 2, 5, 10, 20] as const;

/** Parts that the speakers of a training set are divided into to choose the prior. */
const INNER_PARTS = 3;

/** How the curve is measured. */
export interface CurveOptions {
  /** The classifier and features, as of `deno task train`. */
  readonly plan: FinalOptions["plan"];
  /** Draws of enrolled clips a speaker and count. */
  readonly draws: number;
  /** The prior that is used. */
  readonly prior: number;
  /** Whether the prior is chosen too, on speakers of each training set. */
  readonly choose: boolean;
  /** Told what is under way. */
  readonly onStep: (what: string) => void;
}

/** One row of the curve. */
export interface CurveRow {
  /** The modality, or both. */
  readonly seen: Seen;
  /** UAR after each of {@linkcode COUNTS} clips, the mean over draws. */
  readonly uar: readonly number[];
  /** What each adds to UAR of a speaker over 0 clips: mean over speakers. */
  readonly gain: readonly number[];
  /** Standard error of that mean. */
  readonly error: readonly number[];
}

/** The curve, and the priors that inner speakers would have chosen in each fold. */
export interface Curve {
  readonly rows: readonly CurveRow[];
  readonly chosen: readonly number[];
}

/**
 * UAR of speakers outside training after some of their own clips, without labels, were enrolled; enrolled clips are not
 * tested. Every fold fits a model as `deno task train` does.
 */
export function enrolmentCurve(prepared: PreparedRun, options: CurveOptions): Curve {
  const { config, protocol, samples, takes, classes, found } = prepared;
  const { plan, draws, prior, choose, onStep } = options;
  const speakers = samples.map(({ sample }) => sample.speaker);
  const truth = samples.map(({ sample }) => classes.indexOf(sample.label));
  const splits = splitSamples(
    config,
    protocol,
    samples.map(({ sample }) => sample),
    classes,
    found.corpus,
    takes,
  );
  const fit = (train: readonly number[]) =>
    fitFinal(prepared, { plan, fusion: "decision-product", train: Int32Array.from(train) });
  const predict = (model: FittedModel, test: readonly number[], clips: number, prior: number) => {
    const groups = Map.groupBy(test, (i) => speakers[i]);
    return [...groups].flatMap(([speaker, own]) =>
      Array.from({ length: clips === 0 ? 1 : draws }, (_, draw) => {
        const random = new Random(config.seed).derive(`${speaker}/${clips}/${draw}`);
        return drawEnrolled(model, own, { clips, prior, random });
      }).flat()
    );
  };
  const uarOf = (predictions: readonly EnrolledPrediction[], seen: Seen) =>
    uar(
      Int32Array.from(predictions, ({ sample }) => truth[sample]),
      Int32Array.from(predictions, ({ said }) => said.get(seen)!),
      classes.length,
    );
  const all: EnrolledPrediction[][] = COUNTS.map(() => []);
  const chosen: number[] = [];
  for (const { name, train, test } of splits) {
    onStep(name);
    const model = fit([...train]);
    COUNTS.forEach((clips, c) => all[c].push(...predict(model, [...test], clips, prior)));
    dispose(model);
    if (!choose) continue;
    const inner = [...new Set([...train].map((i) => speakers[i]))];
    const scores = new Float64Array(PRIORS.length);
    for (let part = 0; part < INNER_PARTS; part++) {
      onStep(`${name}, inner ${part + 1}`);
      const held = new Set(inner.filter((_, s) => s % INNER_PARTS === part));
      const model = fit([...train].filter((i) => !held.has(speakers[i])));
      const test = [...train].filter((i) => held.has(speakers[i]));
      PRIORS.forEach((prior, p) => {
        for (const clips of COUNTS.slice(1)) {
          const predictions = predict(model, test, clips, prior);
          for (const seen of predictions[0].said.keys()) scores[p] += uarOf(predictions, seen);
        }
      });
      dispose(model);
    }
    chosen.push(PRIORS[scores.indexOf(Math.max(...scores))]);
  }
  const rows = [...all[0][0].said.keys()].map((seen): CurveRow => {
    const names = [...new Set(speakers)];
    const bySpeaker = all.map((predictions) => {
      const groups = Map.groupBy(predictions, ({ sample }) => speakers[sample]);
      return names.map((name) => uarOf(groups.get(name)!, seen));
    });
    const gains = bySpeaker.map((values) => values.map((value, s) => value - bySpeaker[0][s]));
    const gain = gains.map((values) => values.reduce((a, b) => a + b) / names.length);
    const error = gains.map((values, c) =>
      Math.sqrt(
        values.reduce((sum, value) => sum + (value - gain[c]) ** 2, 0) /
          (names.length - 1) / names.length,
      )
    );
    return { seen, uar: all.map((predictions) => uarOf(predictions, seen)), gain, error };
  });
  return { rows, chosen };
}

function dispose({ modalities }: FittedModel): void {
  for (const { classifier } of modalities.values()) classifier.dispose();
}

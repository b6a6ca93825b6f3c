import { expectedCalibrationError } from "../evaluate/expected_calibration_error.ts";
import { fitTemperature } from "../evaluate/confidence/fit_temperature.ts";
import { riskCoverage } from "../evaluate/confidence/risk_coverage.ts";
import { temper } from "../evaluate/confidence/temper.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { Predictions } from "../pipeline/run/results.ts";
import type { CalibrationCard } from "../recognize/bundle/model_card.ts";
import { isOwnRow, type OwnModels } from "./own_rows.ts";

/**
 * How sure a model is, and how far its probabilities are to be scaled: measured on what the protocol's models, which
 * were fitted in the same way, said of samples that they had not seen. One entry a combination of modalities.
 *
 * @param predictions The protocol's predictions.
 */
export function measureCalibration(
  model: OwnModels,
  { rows, samples }: Predictions,
): CalibrationCard[] {
  const truth = Int32Array.from(samples, (sample) => sample.truth);
  const folds = samples.map(({ fold }) => fold);
  return rows.filter((row) => isOwnRow(model, row)).map(({ modality, probabilities }) => ({
    modality,
    ...calibrationOf({ truth, given: Matrix.fromRows(probabilities), folds }),
  }));
}

/** What was said of samples that a model did not learn from. */
export interface Said {
  /** Index of each sample's true class [n]. */
  readonly truth: Int32Array;
  /** Its probabilities [n, classes]. */
  readonly given: Matrix;
  /** The fold or the speaker that it belongs to [n]: each is judged at the temperature of the others. */
  readonly folds: readonly string[];
}

/** How far probabilities are to be scaled, and how sure they are before and after. */
export function calibrationOf({ truth, given, folds }: Said): Omit<CalibrationCard, "modality"> {
  const tempered = crossTempered(truth, given, folds);
  const ece = (p: Matrix) => expectedCalibrationError(truth, p.data, given.cols);
  const right = given.argMax().map((label, k) => Number(label === truth[k]));
  const confidence = Array.from(right, (_, k) => Math.max(...(tempered ?? given).row(k)));
  return {
    temperature: digits(temperatureWithout({ truth, given, folds })),
    n: truth.length,
    eceBefore: digits(ece(given)),
    eceAfter: tempered ? digits(ece(tempered)) : null,
    surestHalf: digits(riskCoverage(confidence, Array.from(right, Boolean)).surestHalf),
  };
}

/** The temperature by all samples, or by those of all folds but one. */
export function temperatureWithout({ truth, given, folds }: Said, fold?: string): number {
  return fitTo(truth, given, Array.from(truth.keys()).filter((k) => folds[k] !== fold));
}

/** Each fold's probabilities at the temperature of the other folds; undefined where there is one fold. */
function crossTempered(
  truth: Int32Array,
  given: Matrix,
  folds: readonly string[],
): Matrix | undefined {
  const names = new Set(folds);
  if (names.size < 2) return undefined;
  const out = new Matrix(given.rows, given.cols);
  for (const name of names) {
    const numbers = Array.from(truth.keys());
    const temperature = temperatureWithout({ truth, given, folds }, name);
    for (const k of numbers.filter((k) => folds[k] === name)) {
      out.row(k).set(temper(given.row(k), given.cols, temperature));
    }
  }
  return out;
}

/**
 * The temperature of some samples. A class that is never thought possible is one which the modality does not know:
 * no temperature helps its samples.
 */
function fitTo(truth: Int32Array, given: Matrix, numbers: readonly number[]): number {
  const known = new Set(
    Array.from({ length: given.cols }, (_, c) => c)
      .filter((c) => numbers.some((k) => given.row(k)[c] > 0)),
  );
  const chosen = Int32Array.from(numbers.filter((k) => known.has(truth[k])));
  if (chosen.length === 0) return 1;
  return fitTemperature(chosen.map((k) => truth[k]), given.selectRows(chosen).data, given.cols);
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}

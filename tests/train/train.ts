import {
  trainBundle,
  type TrainedBundle,
  type TrainOptions,
} from "../../src/train/train_bundle.ts";
import type { ModelName } from "../../src/classify/registry.ts";
import { DEFAULT_CONFIG, type RunConfig, type RunPlaces } from "../../src/pipeline/config.ts";
import { exactProbabilities } from "../../src/train/measure_rounding.ts";
import { fitFinal, type FittedModel } from "../../src/pipeline/fold/fit_final.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { temper } from "../../src/evaluate/confidence/temper.ts";
import { temperaturesOf } from "../../src/recognize/sure/calibrate.ts";
import type { Results } from "../../src/pipeline/run/results.ts";
import type { PreparedRun } from "../../src/pipeline/run/prepare_run.ts";
import { runStages } from "../../src/pipeline/run/run.ts";

/** A bundle with what it was trained from. */
export interface Trained extends TrainedBundle {
  /** The run's samples. */
  readonly prepared: PreparedRun;
  /** The run's results. */
  readonly results: Results;
  /** What the pipeline's own model says of every sample [samples, classes]. */
  readonly exact: () => Matrix;
  /** The same for one modality. */
  readonly exactOf: (modality: "audio" | "video") => Matrix;
}

/** What tests change of a training. */
export interface TrainingChoice extends Partial<Pick<TrainOptions, "dtype" | "fusion">> {
  /** Settings of the run. */
  readonly config?: Partial<RunConfig>;
  /** The classifier. */
  readonly model?: ModelName;
  /** The features. */
  readonly recipe?: string;
}

/** Runs the protocol and trains a bundle, as `deno task train` does. */
export async function train(places: RunPlaces, choice: TrainingChoice = {}): Promise<Trained> {
  const { model = "logistic-regression", recipe = "statistics" } = choice;
  const { dtype = "float32", fusion = "decision-product" } = choice;
  const plan = { recipe, normalisation: "train", model } as const;
  const config: RunConfig = {
    ...{ ...DEFAULT_CONFIG, protocol: "performance-independent", folds: 2, crop: "face" },
    ...choice.config,
    recipes: [plan],
  };
  const { prepared, results, predictions } = await runStages(config, places);
  const options = { plan, fusion, dtype };
  const trained = await trainBundle({ prepared, results, predictions }, options);
  let fitted: FittedModel | undefined;
  const fit = () => fitted ??= fitFinal(prepared, options);
  return {
    ...trained,
    prepared,
    results,
    exact: () => exactProbabilities(fit(), trained.card),
    exactOf(modality) {
      const { classifier, matrix } = fit().modalities.get(modality)!;
      const { rows, cols, data } = classifier.predictProba(matrix);
      return new Matrix(rows, cols, temper(data, cols, temperaturesOf(trained.card)[modality]));
    },
  };
}

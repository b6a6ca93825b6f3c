import type { Command } from "commander";
import type { ModelName } from "../../src/classify/registry.ts";
import { MODEL_NAMES } from "../../src/classify/registry.ts";
import type { TrainOptions } from "../../src/train/train_bundle.ts";
import { PROTOCOLS } from "../../src/split/protocols/registry.ts";
import type { DecisionFusionName } from "../../src/fusion/decision_rules.ts";
import { DECISION_FUSION_NAMES } from "../../src/fusion/decision_rules.ts";
import type { RunConfig } from "../../src/pipeline/config.ts";
import { type RecipeName, recipes } from "../../src/pipeline/recipes/registry.ts";
import { BUNDLE_DTYPES, type BundleDtype } from "../../src/recognize/bundle/model_card.ts";
import { choice, command, UsageError } from "../command.ts";
import { corpusFlag, dataFlag } from "./data_flag.ts";
import { addFilterFlags } from "./filter_flags.ts";
import { addListFlags } from "./list_flags.ts";
import { HONEST } from "./fold_plan_flags.ts";
import { labelMapFlag } from "./label_map_flag.ts";
import { minConfidenceFlag } from "./min_confidence_flag.ts";
import { protocolFlag } from "./protocol_flag.ts";
import { addFeatureFlags, foldsFlag, landmarksFlag, readConfig } from "./run_flags.ts";

/** Networks over sequences of frames or bands, which a recogniser does not give to its models. */
const SEQUENCE_MODELS: readonly ModelName[] = ["cnn2d", "cnn-sequence", "attention"];

/** Recipes of features whose frames models need not tell apart: those that a bundle can be fitted by. */
function bundleRecipes(): string[] {
  return recipes().flatMap(({ name, joins }) => joins === "columns" ? [name] : []);
}

/** How voice and face are combined unless a flag says otherwise. */
const DEFAULT_FUSION: DecisionFusionName = "decision-product";

/** What the flags of `deno task train` ask for. */
export interface TrainRequest {
  /** The run of the protocol; its `protocol` may still be {@linkcode HONEST}. */
  readonly config: RunConfig;
  /** How the bundle is trained. */
  readonly options: TrainOptions;
}

/** The command with its flags. */
export function trainCommand(): Command {
  return addFeatureFlags(
    addListFlags(addFilterFlags(
      command("train", "Fit a model on a folder of clips and write it as one bundle.")
        .addOption(dataFlag().makeOptionMandatory())
        .addOption(corpusFlag())
        .option("--out <file>", "the bundle", "model.emofuse")
        .option("--run <dir>", "run folder of the protocol (default: beside the bundle)"),
    )),
    // Whoever uses the model films himself elsewhere: what surrounds a face must not matter.
    { crop: "face" },
  )
    .addOption(
      protocolFlag("how the model is judged; honest: by the number of speakers", [
        HONEST,
        ...PROTOCOLS.filter(({ listsLeaks }) => !listsLeaks).toReversed()
          .flatMap(({ name, otherName }) => otherName === undefined ? [name] : [name, otherName]),
      ]).default(HONEST),
    )
    .addOption(foldsFlag())
    .addOption(landmarksFlag())
    .addOption(labelMapFlag())
    .addOption(
      choice(
        "--model <name>",
        "the classifier of each modality",
        MODEL_NAMES.filter((name) => !SEQUENCE_MODELS.includes(name)),
      ).default("logistic-regression"),
    )
    .addOption(
      choice(
        "--recipe <name>",
        "features (default: statistics, and those of the tutorial for cnn1d)",
        bundleRecipes(),
      ),
    )
    .addOption(
      choice(
        "--fusion <rule>",
        `how voice and face are combined (default: ${DEFAULT_FUSION})`,
        DECISION_FUSION_NAMES,
      ),
    )
    .addOption(choice("--dtype <name>", "how weights are stored", BUNDLE_DTYPES).default("float32"))
    .addOption(
      minConfidenceFlag(
        "below this probability the bundle says uncertain, unless its user says otherwise",
      ),
    )
    .option("--json", "print the card instead of the table");
}

/**
 * The run and the bundle that the flags ask for.
 *
 * @throws {UsageError} If flags contradict each other.
 */
export function readTrainFlags(flags: Record<string, unknown>): TrainRequest {
  const {
    model,
    modality,
    fusion,
    dtype,
    minConfidence,
    recipe = defaultRecipe(model as ModelName),
  } = flags as {
    model: ModelName;
    recipe?: string;
    fusion?: DecisionFusionName;
    modality: string;
    dtype: BundleDtype;
    minConfidence?: number;
  };
  if (fusion !== undefined && modality !== "av") {
    throw new UsageError(
      `--fusion ${fusion} combines two modalities and --modality ${modality} is one; ` +
        "allowed: --modality av",
    );
  }
  const plan = { recipe, normalisation: "train", model } as const;
  return {
    config: { ...readConfig(flags), recipes: [plan] },
    options: { plan, fusion: fusion ?? DEFAULT_FUSION, dtype, minConfidence },
  };
}

function defaultRecipe(model: ModelName): RecipeName {
  return model === "cnn1d" ? "tutorial" : "statistics";
}

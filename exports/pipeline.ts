/**
 * The pipeline: clips to a table of results, with everything that `deno task run` does.
 *
 * @example
 * ```ts
 * import { planRecipes } from "emofuse/pipeline";
 * import assert from "node:assert/strict";
 *
 * const [plan] = planRecipes(["statistics"], ["train"]);
 * assert.deepEqual(plan, { recipe: "statistics", normalisation: "train" });
 * ```
 *
 * @module
 */

export { ClassError } from "../src/pipeline/samples/classes.ts";
export * from "../src/pipeline/config.ts";
export * from "../src/pipeline/fold/normalisation.ts";
export { loadClassifier } from "../src/pipeline/fold/model_file.ts";
export type { Recipe, RecipePlan } from "../src/pipeline/recipes/recipe.ts";
export { RecipeError } from "../src/pipeline/recipes/recipe_error.ts";
export { findRecipe, recipes, registerRecipe } from "../src/pipeline/recipes/registry.ts";
export * from "../src/pipeline/run/missing/missing_modality.ts";
export * from "../src/pipeline/run/report_data.ts";
export * from "../src/pipeline/run/results.ts";
export * from "../src/pipeline/run/corpus_matrix.ts";
export * from "../src/pipeline/run/rated_groups.ts";
export * from "../src/evaluate/rate_groups.ts";
export * from "../src/corpus/group_values.ts";
export type { PeopleScores } from "../src/pipeline/run/rate_people.ts";
export type { VoteScores } from "../src/evaluate/rate_votes.ts";
export { runPipeline } from "../src/pipeline/run/run.ts";
export type { RunFiles, RunHooks } from "../src/pipeline/run/run_hooks.ts";
export { RunFolderError } from "../src/pipeline/run/run_folder.ts";
export { StoreError } from "../src/pipeline/store/store_error.ts";
export * from "../src/report/csv/results_csv.ts";
export type { NamedRun } from "../src/report/named_run.ts";
export * from "../src/report/render_comparison.ts";
export * from "../src/report/render_report.ts";
export * from "../src/report/report_error.ts";
export * from "../src/report/table.ts";
export * from "../src/report/write_report.ts";
export * from "../src/pipeline/recipes/plan_recipes.ts";
export type { PairedDifference } from "../src/evaluate/paired_difference.ts";
export type { SkippedFile } from "../src/corpus/clip.ts";
export type { Corpus } from "../src/corpus/corpus.ts";
export type { FoundLeak } from "../src/evaluate/find_leaks.ts";
export type { BootstrapOptions } from "../src/evaluate/cluster_resamples.ts";
export type { RunModality } from "../src/modality.ts";
export type { CorpusFolder } from "../src/corpus/scan_folders.ts";
export type { BackboneName } from "../models/registry.ts";
export type { ModelName } from "../src/classify/registry.ts";
export type { ListChoice } from "../src/corpus/manifest/list_choice.ts";
export type { FoldPlan } from "../src/split/fold_plan.ts";
export type { ClipFilter } from "../src/corpus/filter.ts";
export type { Modality } from "../src/modality.ts";
export type { Cell } from "../src/split/protocol.ts";
export type { FrameFill } from "../src/vision/embed_frames.ts";
export type { FusionName } from "../src/fusion/registry.ts";
export type { Convolutions } from "../src/nn/backend.ts";
export type { RowComparison } from "../src/evaluate/compare_rows.ts";
export type { LabelMap } from "../src/corpus/label_maps/label_map.ts";
export type { CorpusWords } from "../src/corpus/words.ts";
export type { Seen } from "../src/modality.ts";
export type { Classifier } from "../src/classify/classifier.ts";
export type { RowMetrics } from "../src/evaluate/row_metrics.ts";
export type { EarInfo } from "../models/ear.ts";
export type { ReadClips } from "../src/corpus/corpus.ts";
export type { LeakId } from "../src/split/leak_id.ts";
export type { MODALITIES } from "../src/modality.ts";
export type { FoldPreset } from "../src/corpus/corpus.ts";
export type { CountedAttribute } from "../src/corpus/corpus.ts";
export type { ModelState } from "../src/classify/classifier.ts";
export type { RepeatedFolds } from "../src/split/fold_plan.ts";
export type { CorpusCardTexts } from "../src/corpus/corpus.ts";
export type { LateFusionName } from "../src/fusion/registry.ts";
export type { CLASSIFIERS } from "../src/classify/registry.ts";
export type { LeakRow } from "../src/evaluate/find_leaks.ts";
export type { DecisionFusionName } from "../src/fusion/decision_rules.ts";
export type { EarInput } from "../models/ear.ts";
export type { Matrix } from "../src/numeric/matrix.ts";
export type { Noun } from "../src/corpus/words.ts";
export type { ClipFilterOption } from "../src/corpus/corpus.ts";
export type { OldNames } from "../src/corpus/old_names.ts";
export type { HoldOut } from "../src/split/fold_plan.ts";
export type { ClassScores } from "../src/evaluate/class_scores.ts";
export type { GivenFolds } from "../src/split/fold_plan.ts";
export type { LeaveOut } from "../src/split/fold_plan.ts";
export type { Clip } from "../src/corpus/clip.ts";
export type { GivenFold } from "../src/split/fold_plan.ts";
export type { TensorMap } from "../src/numeric/safetensors.ts";
export type { DECISION_RULE_MAKERS } from "../src/fusion/decision_rules.ts";
export type { LATE_RULE_MAKERS } from "../src/fusion/registry.ts";
export type { ClipPart } from "../src/corpus/clip.ts";
export type { ClipTracks } from "../src/corpus/clip.ts";
export type { ClipSpan } from "../src/corpus/clip.ts";
export type { TensorData } from "../src/numeric/safetensors.ts";
export type { TensorArray } from "../src/numeric/safetensors.ts";
export type {
  BucketOptions,
  BucketPatience,
  CachePlace,
  S3Settings,
  UnsignedRequest,
} from "../src/pipeline/store/bucket/bucket_options.ts";

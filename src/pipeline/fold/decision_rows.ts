import { DecisionProduct } from "../../fusion/decision_product.ts";
import { SampleTable } from "../../evaluate/sample_table.ts";
import { createDecisionRule, DECISION_FUSION_NAMES } from "../../fusion/decision_rules.ts";
import type { Modality } from "../../modality.ts";
import { FitError } from "../../numeric/fit_error.ts";
import { Random } from "../../numeric/random.ts";
import { createClassifier } from "../../classify/registry.ts";
import { type Deciders, whyUnfitted } from "./deciders.ts";
import { innerFoldCount } from "./fits/divide_inner.ts";
import { fitOn, fitRuleOn, foldSeed, probabilityRow, rowName, rowOrReason } from "./fold_tools.ts";
import type { Fold, FoldJob, FoldRow, UnfittedRow } from "./fold.ts";

/**
 * Inner folds that give the learning rules probabilities of samples no network has seen. Each inner network takes
 * its time: with two of them, all together as long as the network of the fold itself.
 */
const INNER_FOLDS = 2;

/** The number of inner folds of a job: fewer where its training set has not enough groups. */
export function innerFolds({ train, groups }: FoldJob): number {
  return innerFoldCount(Array.from(train, (sample) => groups[sample]), INNER_FOLDS);
}

/** The features as they are when only the samples `train` may be learned from. */
export type FeaturesFor = (
  train: Int32Array,
  label: string,
) => ReadonlyMap<Modality, SampleTable>;

/**
 * Rows of decision fusion: rules on the class probabilities of the unimodal deciders. What a rule
 * learns, it learns inside the training fold, from out-of-fold probabilities.
 *
 * @param featuresFor Fits the face head and the scalers anew for each inner fold.
 */
export function decisionRows(
  fold: Fold,
  deciders: Deciders,
  featuresFor: FeaturesFor,
): (FoldRow | UnfittedRow)[] {
  const { audio, video } = fold.recipe.deciders;
  const model = audio === video ? audio : `${audio}+${video}` as const;
  const rules = DECISION_FUSION_NAMES.map(createDecisionRule);
  const rows = DECISION_FUSION_NAMES.map((name) => rowName(fold, "fused", model, name));
  const why = whyUnfitted(deciders, { early: false });
  if (why !== "") return rows.map((row) => ({ ...row, unfitted: why }));
  const { train, test } = fold.job;
  const probabilities = (samples: Int32Array) =>
    [...deciders.unimodal].map(([name, model]) =>
      fold.features.get(name)!.select(samples).predictProba(model)
    );
  const onTrain = probabilities(train);
  const onTest = probabilities(test);
  const outOfFold = outOfFoldProbabilities(fold, featuresFor);
  return rules.map((rule, r) =>
    rowOrReason(rows[r], () => {
      if (rule.learns) fitRuleOn(fold, rule, outOfFold.probabilities);
      fold.save(rule.name, { model: rule.name, settings: rule.settings(), tensors: {} });
      const row = probabilityRow(
        rows[r],
        SampleTable.combine(rule, onTrain),
        SampleTable.combine(rule, onTest),
      );
      return rule.learns && outOfFold.warning ? { ...row, warning: outOfFold.warning } : row;
    })
  );
}

/**
 * The row of hybrid fusion for deciders that learn no features: the decision of early fusion beside
 * those of the modalities, by the product rule.
 */
export function decisionHybridRow(fold: Fold, deciders: Deciders): FoldRow | UnfittedRow {
  const row = rowName(fold, "fused", fold.recipe.deciders.fused, "hybrid");
  const why = whyUnfitted(deciders, { early: true });
  if (why !== "") return { ...row, unfitted: why };
  const { unimodal, early } = deciders;
  const rule = new DecisionProduct();
  const decide = (samples: Int32Array) =>
    SampleTable.combine(rule, [
      fold.fused!.select(samples).predictProba(early!),
      ...Array.from(
        unimodal,
        ([name, model]) => fold.features.get(name)!.select(samples).predictProba(model),
      ),
    ]);
  return probabilityRow(row, decide(fold.job.train), decide(fold.job.test));
}

/** Probabilities of training samples by models that did not learn from them. */
export interface OutOfFold {
  /** Of each modality, in the order of the fold's features: [training samples, classes]. */
  readonly probabilities: SampleTable[];
  /** What the reader of what is learned from them should know, if anything. */
  readonly warning: string | undefined;
}

/**
 * Probabilities of every training sample by models that did not learn from it. Where a corpus is so
 * small that an inner fold has one class left to learn, or too few samples for a model, those that it was
 * to tell keep equal probabilities, and a warning says so.
 */
export function outOfFoldProbabilities(fold: Fold, featuresFor: FeaturesFor): OutOfFold {
  const { train, nClasses } = fold.job;
  const division = { name: "division into inner folds", kind: "inner-split" } as const;
  const folds = SampleTable.learn(
    [...fold.features.values()],
    division,
    train,
    (set) => fold.fitters.innerFolds(set, INNER_FOLDS, new Random(foldSeed(fold.job, "inner"))),
  );
  const parts = [...fold.features.keys()].map((): SampleTable[] => []);
  const undecided: string[] = [];
  folds.forEach(({ train: learnFrom, held, classes }, k) => {
    const label = `inner-${k + 1}`;
    if (classes < 2) {
      undecided.push(`${label} has one class to learn`);
      return;
    }
    [...featuresFor(learnFrom, label)].forEach(([modality, x], m) => {
      const model = fold.recipe.deciders[modality];
      fold.announce(`${label} ${model} on ${modality}`);
      const classifier = createClassifier(model, {
        seed: fold.seed(`${label}/${modality}`),
        c: fold.recipe.c?.[model],
        channels: fold.channels.get(modality),
        blocks: fold.blocks.get(modality),
      });
      try {
        fitOn(fold, classifier, x, learnFrom, { name: `${label} ${model} on ${modality}` });
        parts[m].push(x.select(held).predictProba(classifier));
      } catch (error) {
        if (!(error instanceof FitError)) throw error;
        undecided.push(`${label}: ${error.message}`);
      } finally {
        classifier.dispose();
      }
    });
  });
  const undecidedRow = { cols: nClasses, otherwise: 1 / nClasses };
  return {
    probabilities: parts.map((part) => SampleTable.gather(fold.samples, train, part, undecidedRow)),
    warning: undecided.length === 0 ? undefined : "learned from samples that count as undecided: " +
      [...new Set(undecided)].join("; "),
  };
}

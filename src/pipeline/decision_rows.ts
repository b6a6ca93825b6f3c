import { DecisionProduct } from "../fusion/decision_product.ts";
import { DECISION_RULES } from "../fusion/registry.ts";
import type { Modality } from "../modality.ts";
import { stratifiedGroupKFold } from "../nn/stratified_group_k_fold.ts";
import { FitError } from "../nn/fit_error.ts";
import { Matrix } from "../nn/matrix.ts";
import { Random } from "../nn/random.ts";
import { createClassifier } from "../classify/registry.ts";
import { type Deciders, whyUnfitted } from "./deciders.ts";
import { fitOn, foldSeed, labelsOf, probabilityRow, rowName, rowOrReason } from "./fold_tools.ts";
import type { Fold, FoldJob, FoldRow, UnfittedRow } from "./fold.ts";

/**
 * Inner folds that give the learning rules probabilities of samples no network has seen. Each inner network takes
 * its time: with two of them, all together as long as the network of the fold itself.
 */
const INNER_FOLDS = 2;

/** The number of inner folds of a job: fewer where its training set has not enough groups. */
export function innerFolds({ train, groups }: FoldJob): number {
  return Math.min(INNER_FOLDS, new Set(Array.from(train, (sample) => groups[sample])).size);
}

/**
 * Rows of decision fusion: rules on the class probabilities of the unimodal deciders. What a rule
 * learns, it learns inside the training fold, from out-of-fold probabilities.
 *
 * `featuresFor(train)` gives the features as they are when only the samples `train` may be learned
 * from, so that the face head is fitted anew in each inner fold.
 */
export function decisionRows(
  fold: Fold,
  deciders: Deciders,
  featuresFor: (train: Int32Array, label: string) => ReadonlyMap<Modality, Matrix>,
): (FoldRow | UnfittedRow)[] {
  const { audio, video } = fold.recipe.deciders;
  const model = audio === video ? audio : `${audio}+${video}` as const;
  const rules = DECISION_RULES.map((make) => make());
  const rows = rules.map(({ name }) => rowName(fold, "fused", model, name));
  const why = whyUnfitted(deciders, { early: false });
  if (why !== "") return rows.map((row) => ({ ...row, unfitted: why }));
  const { train, test } = fold.job;
  const probabilities = (samples: Int32Array) =>
    [...deciders.unimodal].map(([name, model]) =>
      model.predictProba(fold.features.get(name)!.selectRows(samples))
    );
  const onTrain = probabilities(train);
  const onTest = probabilities(test);
  const outOfFold = outOfFoldProbabilities(fold, featuresFor);
  return rules.map((rule, r) =>
    rowOrReason(rows[r], () => {
      if (rule.learns) {
        rule.fit(outOfFold.probabilities, labelsOf(fold, train));
        fold.log.fitted(rule.name, "fusion-rule", train, true);
      }
      fold.save(rule.name, { model: rule.name, settings: rule.settings(), tensors: {} });
      const row = probabilityRow(rows[r], rule.combine(onTrain), rule.combine(onTest));
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
    rule.combine([
      early!.predictProba(fold.fused!.selectRows(samples)),
      ...Array.from(
        unimodal,
        ([name, model]) => model.predictProba(fold.features.get(name)!.selectRows(samples)),
      ),
    ]);
  return probabilityRow(row, decide(fold.job.train), decide(fold.job.test));
}

/** Probabilities of training samples by models that did not learn from them. */
export interface OutOfFold {
  /** Of each modality, in the order of the fold's features: [training samples, classes]. */
  readonly probabilities: Matrix[];
  /** What the reader of what is learned from them should know, if anything. */
  readonly warning: string | undefined;
}

/**
 * Probabilities of every training sample by models that did not learn from it. Where a corpus is so
 * small that an inner fold has one class left to learn, or too few samples for a model, those that it was
 * to tell keep equal probabilities, and a warning says so.
 */
export function outOfFoldProbabilities(
  fold: Fold,
  featuresFor: (train: Int32Array, label: string) => ReadonlyMap<Modality, Matrix>,
): OutOfFold {
  const { train, nClasses, groups } = fold.job;
  const labels = labelsOf(fold, train);
  const trainGroups = Array.from(train, (sample) => groups[sample]);
  const folds = stratifiedGroupKFold(
    labels,
    trainGroups,
    innerFolds(fold.job),
    new Random(foldSeed(fold.job, "inner")),
  );
  const probabilities = [...fold.features.keys()].map(() => {
    const matrix = new Matrix(train.length, nClasses);
    matrix.data.fill(1 / nClasses);
    return matrix;
  });
  const undecided: string[] = [];
  folds.forEach((held, k) => {
    const isHeld = new Set(held);
    const learnFrom = train.filter((_, i) => !isHeld.has(i));
    const label = `inner-${k + 1}`;
    if (new Set(labelsOf(fold, learnFrom)).size < 2) {
      undecided.push(`${label} has one class to learn`);
      return;
    }
    const predictOn = held.map((i) => train[i]);
    [...featuresFor(learnFrom, label)].forEach(([modality, x], m) => {
      const model = fold.recipe.deciders[modality];
      fold.announce(`${label} ${model} on ${modality}`);
      const classifier = createClassifier(model, {
        seed: fold.seed(`${label}/${modality}`),
        c: fold.recipe.c?.[model],
        channels: fold.channels.get(modality),
      });
      try {
        fitOn(fold, classifier, x, learnFrom, { name: `${label} ${model} on ${modality}` });
        const found = classifier.predictProba(x.selectRows(predictOn));
        held.forEach((i, r) => probabilities[m].row(i).set(found.row(r)));
      } catch (error) {
        if (!(error instanceof FitError)) throw error;
        undecided.push(`${label}: ${error.message}`);
      } finally {
        classifier.dispose();
      }
    });
  });
  return {
    probabilities,
    warning: undecided.length === 0 ? undefined : "learned from samples that count as undecided: " +
      [...new Set(undecided)].join("; "),
  };
}

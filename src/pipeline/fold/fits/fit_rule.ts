import type { TrainingSet } from "../../../evaluate/training_set.ts";
import type { DecisionRule } from "../../../fusion/decision_rule.ts";
import type { Matrix } from "../../../numeric/matrix.ts";

/**
 * Fits a rule that learns.
 *
 * @param set Class probabilities [samples, classes] of each modality by models that did not learn from
 * these samples.
 *
 * @throws {FitError} If it cannot be fitted to them.
 */
export function fitRule(rule: DecisionRule, set: TrainingSet<readonly Matrix[]>): void {
  rule.fit(set.rows(), set.labels());
}

import { DecisionMax } from "./decision_max.ts";
import { DecisionMean } from "./decision_mean.ts";
import { DecisionProduct } from "./decision_product.ts";
import type { DecisionRule } from "./decision_rule.ts";
import { DecisionStacking } from "./decision_stacking.ts";
import { DecisionVote } from "./decision_vote.ts";
import { DecisionWeighted } from "./decision_weighted.ts";

/** What a rule has learned, JSON only. */
type Settings = Readonly<Record<string, unknown>>;

/** Makes a rule anew or, of what it once learned, as it was then. */
type Maker = (learned?: Settings) => DecisionRule;

/** How every rule of decision fusion is made, by its name, in the order of the table. */
export const DECISION_RULE_MAKERS = {
  "decision-mean": (): DecisionRule => new DecisionMean(),
  "decision-weighted": (learned?: Settings): DecisionRule =>
    learned ? DecisionWeighted.fromSettings(learned) : new DecisionWeighted(),
  "decision-product": (): DecisionRule => new DecisionProduct(),
  "decision-max": (): DecisionRule => new DecisionMax(),
  "decision-vote": (): DecisionRule => new DecisionVote(),
  "decision-stacking": (learned?: Settings): DecisionRule =>
    learned ? DecisionStacking.fromSettings(learned) : new DecisionStacking(),
} as const satisfies Readonly<Record<string, Maker>>;

/** Names of the rules that combine the class probabilities of the unimodal models. */
export type DecisionFusionName = keyof typeof DECISION_RULE_MAKERS;

/** Names of the decision-fusion rules, in the order of the table. */
export const DECISION_FUSION_NAMES: readonly DecisionFusionName[] = Object
  .keys(DECISION_RULE_MAKERS) as DecisionFusionName[];

/** Makers of the decision-fusion rules, in the order of the table; each call gives a fresh rule. */
export const DECISION_RULES: readonly (() => DecisionRule)[] = DECISION_FUSION_NAMES
  .map((name) => () => createDecisionRule(name));

/** A fresh rule by its name. */
export function createDecisionRule(name: DecisionFusionName): DecisionRule {
  return DECISION_RULE_MAKERS[name]();
}

/**
 * The fitted rule that gave `settings`.
 *
 * @throws {RangeError} If there is no such rule, or a learned weight is missing.
 * @throws {ModelStateError} If a learned regression is missing or damaged.
 *
 * @example
 * ```ts
 * import { decisionRuleFromSettings } from "./decision_rules.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const rule = decisionRuleFromSettings("decision-weighted", { weights: [1, 0] });
 * const voice = Matrix.fromRows([[0.25, 0.75]]), face = Matrix.fromRows([[1, 0]]);
 * assert.deepEqual(rule.combine([voice, face]).data, voice.data);
 * ```
 */
export function decisionRuleFromSettings(
  name: string,
  settings: Settings,
): DecisionRule {
  if (!isDecisionFusion(name)) {
    throw new RangeError(
      `there is no decision rule "${name}"; there are ${DECISION_FUSION_NAMES.join(", ")}`,
    );
  }
  return DECISION_RULE_MAKERS[name](settings);
}

function isDecisionFusion(name: string): name is DecisionFusionName {
  return Object.hasOwn(DECISION_RULE_MAKERS, name);
}

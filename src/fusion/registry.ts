import type { DecisionFusionName } from "./decision_rules.ts";
import { LateConcat } from "./late_concat.ts";
import { LateProduct } from "./late_product.ts";
import type { LateRule } from "./late_rule.ts";
import { LateSum } from "./late_sum.ts";
import { LateWeighted } from "./late_weighted.ts";

export { DECISION_RULES } from "./decision_rules.ts";

/** How every rule of late fusion is made, by its name, in the order of the table. */
export const LATE_RULE_MAKERS = {
  "late-concat": (): LateRule => new LateConcat(),
  "late-sum": (): LateRule => new LateSum(),
  "late-product": (): LateRule => new LateProduct(),
  "late-weighted": (): LateRule => new LateWeighted(),
} as const satisfies Readonly<Record<string, () => LateRule>>;

/** Names of the rules that combine the features learned by one network a modality. */
export type LateFusionName = keyof typeof LATE_RULE_MAKERS;

/** Names of the late-fusion rules, in the order of the table. */
export const LATE_FUSION_NAMES: readonly LateFusionName[] = Object.keys(
  LATE_RULE_MAKERS,
) as LateFusionName[];

/** A late-fusion rule by its name. */
export function createLateRule(name: LateFusionName): LateRule {
  return LATE_RULE_MAKERS[name]();
}

/** The late-fusion rules, in the order of the table. */
export const LATE_RULES: readonly LateRule[] = LATE_FUSION_NAMES.map(createLateRule);

/** Every way in which the modalities of a row were combined, as it stands in the results. */
export type FusionName =
  | "none"
  | "early"
  | LateFusionName
  | DecisionFusionName
  | "hybrid"
  | "attention";

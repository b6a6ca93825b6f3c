import type { DecisionFusionName } from "./decision_rules.ts";
import { LateConcat } from "./late_concat.ts";
import { LateProduct } from "./late_product.ts";
import type { LateRule } from "./late_rule.ts";
import { LateSum } from "./late_sum.ts";
import { LateWeighted } from "./late_weighted.ts";

export { DECISION_RULES } from "./decision_rules.ts";

/** The late-fusion rules, in the order of the table. */
export const LATE_RULES = [
  new LateConcat(),
  new LateSum(),
  new LateProduct(),
  new LateWeighted(),
] as const satisfies readonly LateRule[];

/** Names of the rules that combine the features learned by one network a modality. */
export type LateFusionName = typeof LATE_RULES[number]["name"];

/** Every way in which the modalities of a row were combined, as it stands in the results. */
export type FusionName = "none" | "early" | LateFusionName | DecisionFusionName | "hybrid";

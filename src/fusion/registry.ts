import { DecisionMax } from "./decision_max.ts";
import { DecisionMean } from "./decision_mean.ts";
import { DecisionProduct } from "./decision_product.ts";
import type { DecisionFusionName, DecisionRule } from "./decision_rule.ts";
import { DecisionStacking } from "./decision_stacking.ts";
import { DecisionVote } from "./decision_vote.ts";
import { DecisionWeighted } from "./decision_weighted.ts";
import { LateConcat } from "./late_concat.ts";
import { LateProduct } from "./late_product.ts";
import type { LateFusionName, LateRule } from "./late_rule.ts";
import { LateSum } from "./late_sum.ts";
import { LateWeighted } from "./late_weighted.ts";

/** Every way in which the modalities of a row were combined, as it stands in the results. */
export type FusionName = "none" | "early" | LateFusionName | DecisionFusionName | "hybrid";

/** The late-fusion rules, in the order of the table. */
export const LATE_RULES: readonly LateRule[] = [
  new LateConcat(),
  new LateSum(),
  new LateProduct(),
  new LateWeighted(),
];

/** Makers of the decision-fusion rules, in the order of the table; each call gives a fresh rule. */
export const DECISION_RULES: readonly (() => DecisionRule)[] = [
  () => new DecisionMean(),
  () => new DecisionWeighted(),
  () => new DecisionProduct(),
  () => new DecisionMax(),
  () => new DecisionVote(),
  () => new DecisionStacking(),
];

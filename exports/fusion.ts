/**
 * Rules that make one decision of a voice and a face.
 *
 * @example
 * ```ts
 * import { DECISION_RULE_MAKERS, Matrix } from "emofuse/fusion";
 * import assert from "node:assert/strict";
 *
 * const rule = DECISION_RULE_MAKERS["decision-product"]();
 * const both = rule.combine([Matrix.fromRows([[0.6, 0.4]]), Matrix.fromRows([[0.9, 0.1]])]);
 * assert.equal(both.argMax()[0], 0);
 * ```
 *
 * @module
 */

export type { DecisionRule } from "../src/fusion/decision_rule.ts";
export { DECISION_RULE_MAKERS, type DecisionFusionName } from "../src/fusion/decision_rules.ts";
export type { LateRule } from "../src/fusion/late_rule.ts";
export * from "../src/fusion/registry.ts";
export * from "../src/numeric/matrix.ts";
export * from "../src/classify/classifier.ts";
export type { TensorMap } from "../src/numeric/safetensors.ts";
export type { TensorData } from "../src/numeric/safetensors.ts";
export type { TensorArray } from "../src/numeric/safetensors.ts";

/** Between which limits an activation of a fused kernel holds the results, for those that do no more than that. */
export const ACTIVATION_LIMITS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

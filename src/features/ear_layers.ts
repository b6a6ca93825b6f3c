import type { EarInfo } from "../../models/ear.ts";

/** How deep the layers lie of which features are made, in parts of all blocks: see docs/whisper.md. */
const DEPTHS = [0.25, 0.5, 0.75];

/**
 * Numbers of the layers of an ear of which features are made, from 0 (what enters its blocks) on: those at a quarter,
 * half and three quarters of its depth. The middle of such networks tells most about how something is said; the last
 * layer is made to tell what.
 */
export function earLayers({ layers }: Pick<EarInfo, "layers">): number[] {
  return [...new Set(DEPTHS.map((depth) => Math.round(depth * (layers - 1))))];
}

import { type BootstrapOptions, ClusterResamples } from "./cluster_resamples.ts";
import { percentileInterval } from "./percentile_interval.ts";

/**
 * The 95 % interval of people's UAR as `rateVotes` scores it, by a bootstrap that draws whole speakers.
 *
 * @param truths The right label of each sample [n].
 * @param votes The labels that most voters named of it [n], none where nobody voted.
 * @param speakers Speaker of each sample [n].
 * @returns Null where nobody voted, or only on one speaker.
 *
 * @example
 * ```ts
 * import { voteInterval } from "./vote_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const truths = ["sad", "angry", "sad", "angry"];
 * const speakers = ["ann", "ann", "bob", "bob"];
 * // Ann is always understood, Bob never.
 * const votes = [["sad"], ["angry"], ["angry"], ["sad"]];
 * assert.deepEqual(voteInterval(truths, votes, speakers), [0, 1]);
 * ```
 */
export function voteInterval(
  truths: readonly string[],
  votes: readonly (readonly string[])[],
  speakers: readonly string[],
  options: BootstrapOptions = {},
): [low: number, high: number] | null {
  const rated = truths.flatMap((_, i) => votes[i].length > 0 ? [i] : []);
  if (rated.length === 0) return null;
  const { draws, clusterOf, nClusters, resamples } = new ClusterResamples(
    rated.map((i) => speakers[i]),
    options,
  );
  if (nClusters < 2) return null;
  const classes = [...new Set(rated.map((i) => truths[i]))];
  const hits = new Float64Array(nClusters * classes.length);
  const support = new Float64Array(nClusters * classes.length);
  rated.forEach((i, k) => {
    const at = clusterOf[k] * classes.length + classes.indexOf(truths[i]);
    support[at]++;
    if (votes[i].includes(truths[i])) hits[at] += 1 / votes[i].length;
  });
  const values = Float64Array.from({ length: resamples }, (_, r) => {
    const drawn = draws.subarray(r * nClusters, (r + 1) * nClusters);
    let sum = 0, present = 0;
    for (let c = 0; c < classes.length; c++) {
      let right = 0, n = 0;
      for (const cluster of drawn) {
        right += hits[cluster * classes.length + c];
        n += support[cluster * classes.length + c];
      }
      if (n === 0) continue;
      sum += right / n;
      present++;
    }
    return sum / present;
  });
  return percentileInterval(values);
}

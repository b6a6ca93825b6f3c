import { Random } from "../../nn/random.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { shuffleSplit } from "../shuffle_split.ts";

const TEST_FRACTION = 0.2;

/**
 * The tutorial's own protocol: 20 % of the clips are held out at random, once. It is kept as it is so that
 * the tutorial's numbers can be reproduced; {@linkcode findLeaks} tells why they do not hold.
 *
 * @example
 * ```ts
 * import { tutorial } from "./tutorial.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = Array.from({ length: 32 }, (_, k) => ({ label: k % 2, speaker: "1", take: `${k}` }));
 * const [split] = tutorial.splits(samples, { seed: 1 });
 * assert.equal(split.test.length, 7);
 * ```
 */
export const tutorial: Protocol = {
  name: "tutorial",
  description: "One random hold-out of 20 % of the clips, as in the tutorial, leaks included.",
  innerGroup: "take",
  mergeTwins: false,
  headOnAllClips: true,
  featureNetworksOnAllClips: true,
  listsLeaks: true,

  splits(samples, { folds, seed }) {
    const isShare = typeof folds === "object" && "holdOut" in folds;
    if (folds !== undefined && !isShare) {
      throw new ProtocolError(
        "the tutorial protocol is a single hold-out and has no folds: leave --folds out, " +
          "or use performance-independent or speaker-independent",
      );
    }
    const share = isShare ? folds.holdOut : TEST_FRACTION;
    const rng = new Random(seed).derive("protocol tutorial");
    const labels = samples.map(({ label }) => label);
    return [{ name: "hold-out", ...shuffleSplit(samples.length, share, rng, { labels }) }];
  },
};

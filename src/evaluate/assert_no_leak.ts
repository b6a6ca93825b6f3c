import { LeakError } from "./leak_error.ts";
import type { ProtocolSample, Split } from "./protocol.ts";

/**
 * Checks that no actor, or no performance, is on both sides of a split, nor any sample.
 *
 * @throws {LeakError} If one is; the message names each.
 *
 * @example
 * ```ts
 * import { assertNoLeak } from "./assert_no_leak.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = [
 *   { label: 0, actor: 1, performance: "a" },
 *   { label: 1, actor: 1, performance: "b" },
 * ];
 * const split = { name: "fold-1", train: Int32Array.of(0), test: Int32Array.of(1) };
 * assertNoLeak(split, samples, "performance");
 * assert.throws(() => assertNoLeak(split, samples, "actor"), /actor 1 is on both sides/);
 * ```
 */
export function assertNoLeak(
  split: Split,
  samples: readonly ProtocolSample[],
  by: "actor" | "performance",
): void {
  const trained = new Set(split.train);
  const groups = new Set(Array.from(split.train, (k) => samples[k][by]));
  const leaks = new Set(
    Array.from(split.test).flatMap((k) => {
      if (trained.has(k)) return [`sample ${k} is on both sides`];
      return groups.has(samples[k][by]) ? [`${by} ${samples[k][by]} is on both sides`] : [];
    }),
  );
  if (leaks.size > 0) throw new LeakError(split.name, [...leaks]);
}

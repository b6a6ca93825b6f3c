import type { Span } from "./byte_source.ts";
import { READ_OVER } from "./range_source.ts";

/**
 * The parts of an archive in which some of its members lie, those of neighbours joined.
 *
 * @param members Where each lies, in order.
 *
 * @example
 * ```ts
 * import { spansOf } from "./spans_of.ts";
 * import assert from "node:assert/strict";
 *
 * const members = [{ start: 0, end: 10 }, { start: 10, end: 30 }, { start: 9e6, end: 9e6 + 5 }];
 * assert.deepEqual(spansOf(members), [{ start: 0, end: 30 }, { start: 9e6, end: 9e6 + 5 }]);
 * ```
 */
export function spansOf(members: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { start, end } of members) {
    const last = spans.at(-1);
    if (last && start - last.end <= READ_OVER) {
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else spans.push({ start, end });
  }
  return spans;
}

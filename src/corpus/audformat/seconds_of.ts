/** A duration as pandas writes it: days, hours, minutes and seconds. */
const DURATION = /^(?:(\d+) days? )?(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/;

/**
 * A duration as pandas writes it, in seconds; undefined where it is none.
 *
 * @example
 * ```ts
 * import { secondsOf } from "./seconds_of.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(secondsOf("0 days 00:01:02.500000"), 62.5);
 * assert.equal(secondsOf("1 days 00:00:00"), 86400);
 * assert.equal(secondsOf("soon"), undefined);
 * ```
 */
export function secondsOf(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, days = "0", hours, minutes, seconds] = match;
  const whole = (Number(days) * 24 + Number(hours)) * 3600 + Number(minutes) * 60;
  // Nanoseconds as whole numbers: a sum of fractions would differ from what the same value is elsewhere.
  return (whole * 1e9 + Math.round(Number(seconds) * 1e9)) / 1e9;
}

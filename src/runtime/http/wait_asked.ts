/**
 * For how many seconds a server that refuses asks not to be called: `Retry-After` in seconds or as a date
 * (RFC 9110, section 10.2.3), or `X-RateLimit-Reset` in seconds since 1970 where nothing remains, as Zenodo and
 * GitHub send it.
 *
 * @returns Undefined where it does not say.
 *
 * @example
 * ```ts
 * import { waitAsked } from "./wait_asked.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(waitAsked(new Headers({ "retry-after": "7" })), 7);
 * const limit = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1010" };
 * assert.equal(waitAsked(new Headers(limit), 1_000_000), 10);
 * assert.equal(waitAsked(new Headers()), undefined);
 * ```
 *
 * @param now Milliseconds since 1970.
 */
export function waitAsked(headers: Headers, now = Date.now()): number | undefined {
  const asked = headers.get("retry-after")?.trim();
  if (asked && /^\d+$/.test(asked)) return Number(asked);
  const date = asked ? Date.parse(asked) : NaN;
  if (!Number.isNaN(date)) return Math.max(0, (date - now) / 1000);
  const reset = headers.get("x-ratelimit-reset");
  if (!isExhausted(headers) || reset === null || !/^\d+$/.test(reset)) return undefined;
  return Math.max(0, Number(reset) - now / 1000);
}

/** Whether a server says that no request is left for now. */
export function isExhausted(headers: Headers): boolean {
  return headers.get("x-ratelimit-remaining") === "0";
}

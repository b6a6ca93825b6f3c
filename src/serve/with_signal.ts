import { deferred } from "./deferred.ts";

/**
 * Waits for `work`, at most until `signal` aborts: also for work that does not heed the signal.
 *
 * @param onAbort Called when the signal aborts first.
 * @throws The signal's reason, or what `work` throws.
 *
 * @example
 * ```ts
 * import { withSignal } from "./with_signal.ts";
 * import assert from "node:assert/strict";
 *
 * const endless = new Promise(() => {});
 * const reason = new Error("nobody waits any more");
 * await assert.rejects(withSignal(endless, AbortSignal.abort(reason)), reason);
 * ```
 */
export async function withSignal<T>(
  work: Promise<T>,
  signal: AbortSignal,
  onAbort: () => void = () => {},
): Promise<T> {
  const over = deferred<never>();
  const abort = () => {
    over.reject(signal.reason);
    onAbort();
  };
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([over.promise, work]);
  } finally {
    signal.removeEventListener("abort", abort);
    // The one of both that lost may still fail; nobody is interested any more.
    over.promise.catch(() => {});
    work.catch(() => {});
  }
}

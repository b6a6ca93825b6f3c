import type { Attempt } from "./workers/attempt.ts";
import type { Claims } from "./workers/claims.ts";

/** What the work on a shard is done with. */
export interface ShardWork {
  /** Says that the worker lives, and how far it is. */
  readonly attempt: Attempt;
  /** Keeps others from doing the same at once. */
  readonly claims: Claims;
  /** Told of samples or steps done, their number, and how many were done before. */
  readonly onProgress?: (done: number, total: number, found: number) => void;
}

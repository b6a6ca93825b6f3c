import { Problem } from "./problem.ts";

/** The problem of a request whose client left: nobody will read it, but the metrics count it. */
export function hungUp(cause?: unknown): Problem {
  return new Problem(400, "the client hung up", { cause });
}

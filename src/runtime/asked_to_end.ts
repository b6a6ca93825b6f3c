import { constants } from "node:os";
import process from "node:process";

/** The process was asked to end: by Ctrl-C, a scheduler, a container, `kill`. */
export class EndedError extends Error {
  /** The error's class, for logs. */
  override readonly name = "EndedError";
  /** The exit code that shells give a program that such a signal ended. */
  readonly exitCode: number;

  /** Names the signal. */
  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`ended by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/** Within this time the same signal is the same wish: what a terminal sends to all, `deno task` hands on once more. */
const ONE_WISH_MS = 500;

/** Aborts with an {@linkcode EndedError} when the process is asked to end. Who asks twice does not want to wait. */
export function askedToEnd(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    let first = -Infinity;
    process.on(signal, () => {
      const now = performance.now();
      if (now - first < ONE_WISH_MS) return;
      first = now;
      const ended = new EndedError(signal);
      if (asked.signal.aborted) process.exit(ended.exitCode);
      asked.abort(ended);
    });
  }
  return asked.signal;
}

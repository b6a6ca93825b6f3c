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

/** Aborts with an {@linkcode EndedError} when the process is asked to end. Who asks twice does not want to wait. */
export function askedToEnd(): AbortSignal {
  const asked = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      const ended = new EndedError(signal);
      if (asked.signal.aborted) process.exit(ended.exitCode);
      asked.abort(ended);
    });
  }
  return asked.signal;
}

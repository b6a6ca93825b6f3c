import { BenchError } from "./contender.ts";

/** A program that answers one line of JSON to each. */
export interface LineProcess {
  /**
   * Sends a request and waits for the answer.
   *
   * @throws {BenchError} If the program has ended; the message quotes what it said last.
   */
  ask(request: unknown): Promise<unknown>;
  /** Ends the program. */
  close(): Promise<void>;
}

/**
 * Starts a program that answers lines. `name` stands for it in errors.
 *
 * @throws {BenchError} If it cannot be started.
 */
export function startLineProcess(
  name: string,
  path: string,
  options: { readonly args: string[]; readonly env?: Record<string, string> },
): LineProcess {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(path, {
      ...options,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  } catch (error) {
    throw new BenchError(`${name} cannot be started: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const errors = child.stderr.text();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(lineSplitter())
    .getReader();
  const input = child.stdin.getWriter();
  let closed: Promise<void> | undefined;
  return {
    async ask(request: unknown): Promise<unknown> {
      // Where the process has ended the reading fails, and says more than the writing.
      await input.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`)).catch(() => {});
      const { value } = await lines.read();
      if (value === undefined) {
        const lines = (await errors).trim().split("\n");
        // Deno's errors begin with what is wrong, Python's end with it.
        const why = lines.find((line) => line.includes("error")) ?? lines.at(-1);
        throw new BenchError(`${name} ended: ${why || "it said nothing"}`);
      }
      return JSON.parse(value);
    },
    close(): Promise<void> {
      closed ??= (async () => {
        await input.close().catch(() => {}); // it may have ended by itself
        await Promise.all([errors, child.status, lines.cancel()]);
      })();
      return closed;
    },
  };
}

/** Text in chunks of any length in, whole lines out. */
function lineSplitter(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(text, to) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) to.enqueue(line);
    },
  });
}

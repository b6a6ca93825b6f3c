import { fileURLToPath } from "node:url";
import { BenchError } from "../contender.ts";

/** A `deno task serve` that runs as a process of its own. */
export interface ServeProcess {
  /** Where it listens. */
  readonly url: string;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts `deno task serve` on a free port, with one worker, and waits until it listens.
 *
 * @throws {BenchError} If it ends instead.
 */
export async function startServe(model: string): Promise<ServeProcess> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      "-P=serve",
      "tasks/serve.ts",
      "--model",
      model,
      // Long enough for a film that others wait for.
      "--port",
      "0",
      "--concurrency",
      "1",
      "--timeout",
      "600",
    ],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const errors = process.stderr.text();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new BenchError(`deno task serve ended: ${(await errors).trim()}`);
    said += value;
  }
  return {
    url: said.trim().replace("listening on ", ""),
    async stop() {
      process.kill("SIGTERM");
      await Promise.all([process.status, errors, reader.cancel()]);
    },
  };
}

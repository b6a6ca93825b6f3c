import { fileURLToPath } from "node:url";
import { type ListeningProcess, startListening } from "./listening_process.ts";

/**
 * Starts `deno task serve` on a free port, with one worker, and waits until it listens.
 *
 * @throws {BenchError} If it ends instead.
 */
export function startServe(model: string): Promise<ListeningProcess> {
  return startListening("deno task serve", Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-prompt", "-P=serve", "tasks/serve.ts", "--model", model],
      ...["--port", "0", "--concurrency", "1"],
      // Long enough for a film that others wait for.
      ...["--timeout", "600"],
    ],
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
  });
}

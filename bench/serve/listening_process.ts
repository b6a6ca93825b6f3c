import { BenchError } from "../contender.ts";

/** A server that runs as a process of its own. */
export interface ListeningProcess {
  /** Where it listens. */
  readonly url: string;
  /** Its process. */
  readonly pid: number;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts a server and waits until it says where it listens, as those for Deno and for Node do. `name` stands for it in
 * errors.
 *
 * @throws {BenchError} If it cannot be started, or ends instead.
 */
export async function startListening(
  name: string,
  program: string,
  options: { readonly args: string[]; readonly cwd: string },
): Promise<ListeningProcess> {
  let process: Deno.ChildProcess;
  try {
    process = new Deno.Command(program, {
      ...options,
      stdout: "piped",
      stderr: "piped",
      env: { NO_COLOR: "1" },
    }).spawn();
  } catch (cause) {
    throw new BenchError(`${name} cannot be started: ${(cause as Error).message}`, { cause });
  }
  const errors = process.stderr.text();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new BenchError(`${name} ended: ${(await errors).trim()}`);
    said += value;
  }
  return {
    url: said.trim().replace("listening on ", ""),
    pid: process.pid,
    async stop() {
      process.kill("SIGTERM");
      await Promise.all([process.status, errors, reader.cancel()]);
    },
  };
}

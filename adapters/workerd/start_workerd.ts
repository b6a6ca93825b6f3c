import { join } from "node:path";
import { installWorkerd } from "./install_workerd.ts";
import { WorkerdError } from "./workerd_error.ts";

/** A workerd that runs. */
export interface RunningWorkerd {
  /** Where it listens, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Its process. */
  readonly pid: number;
  /** Ends it. */
  stop(): Promise<void>;
}

/** How long workerd may take to listen, in ms. */
const PATIENCE = 60_000;

/**
 * Starts workerd, the runtime of Cloudflare Workers, on a folder that `deno task bundle` wrote. It
 * listens on a free port of 127.0.0.1, and is ready to answer when the promise is fulfilled; the model is
 * loaded by the first request.
 *
 * @param folder The folder that has `workerd.capnp`.
 * @param program The program; by default that of `installWorkerd`.
 * @throws {WorkerdError} If workerd cannot be had or does not start; the message quotes it.
 */
export async function startWorkerd(
  folder: string,
  program?: string,
): Promise<RunningWorkerd> {
  program ??= await installWorkerd();
  const process = new Deno.Command(program, {
    args: [
      "serve",
      "--socket-addr=http=127.0.0.1:0",
      "--control-fd=1",
      join(folder, "workerd.capnp"),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said = process.stderr.text();
  let stopped: Promise<void> | undefined;
  const stop = () =>
    stopped ??= (async () => {
      try {
        process.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await Promise.all([process.status, said]);
    })();
  const port = await listeningPort(process.stdout);
  if (port === undefined) {
    await stop();
    throw new WorkerdError(`workerd does not start: ${(await said).trim() || "it said nothing"}`);
  }
  return { url: `http://127.0.0.1:${port}`, pid: process.pid, stop };
}

/** Reads the port from the lines of JSON that workerd writes for the program that started it. */
async function listeningPort(stdout: ReadableStream<Uint8Array>): Promise<number | undefined> {
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  const timer = setTimeout(() => reader.cancel(), PATIENCE);
  let text = "";
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return undefined;
      text += value;
      for (const line of text.split("\n").slice(0, -1)) {
        const { event, port } = JSON.parse(line) as { event: string; port?: number };
        if (event === "listen") return port;
      }
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel();
  }
}

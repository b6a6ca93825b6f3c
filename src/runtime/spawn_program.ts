import { spawn } from "node:child_process";
import { Buffer } from "node:buffer";

/** A program that runs. */
export interface RunningProgram {
  /** What it writes on standard output; it has to be read to the end. */
  readonly stdout: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** What it wrote on standard error, when it ended. */
  readonly stderr: Promise<string>;
  /** Whether it ended with code 0. */
  readonly success: Promise<boolean>;
}

/** The part of Deno that is used here. */
interface DenoCommands {
  Command: new (program: string, options: Record<string, unknown>) => {
    spawn(): {
      readonly stdout: AsyncIterable<Uint8Array<ArrayBuffer>>;
      readonly stderr: ReadableStream<Uint8Array<ArrayBuffer>>;
      readonly status: Promise<{ readonly success: boolean }>;
    };
  };
}

/**
 * Starts a program without input; `signal` ends it.
 *
 * @throws {Error} What the system says, if it cannot be started.
 */
export async function spawnProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<RunningProgram> {
  const { Deno } = globalThis as { Deno?: DenoCommands };
  // Deno's own needs leave to run the program; its node:child_process also to read the environment.
  if (Deno) {
    const options = { args, stdin: "null", stdout: "piped", stderr: "piped", signal };
    const child = new Deno.Command(program, options).spawn();
    return {
      stdout: child.stdout,
      stderr: new Response(child.stderr).text(),
      success: child.status.then(({ success }) => success),
    };
  }
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const success = new Promise<boolean>((resolve) =>
    child.on("close", (code) => resolve(code === 0))
  );
  await new Promise((resolve, reject) => child.on("spawn", resolve).on("error", reject));
  // Not spawn's own: who ends it wants to hear of its end, not an error.
  signal.addEventListener("abort", () => child.kill(), { once: true });
  if (signal.aborted) child.kill();
  const stderr = Array.fromAsync(child.stderr as AsyncIterable<Buffer>)
    .then((parts) => Buffer.concat(parts).toString());
  return { stdout: child.stdout as AsyncIterable<Buffer<ArrayBuffer>>, stderr, success };
}

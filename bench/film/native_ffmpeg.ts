import { BenchError } from "../contender.ts";

/**
 * Runs the machine's own ffmpeg, which encodes films of minutes in minutes.
 *
 * @throws {BenchError} If there is none, or it fails.
 */
export async function nativeFfmpeg(args: readonly string[]): Promise<void> {
  const child = spawn(["-v", "error", "-nostdin", "-y", ...args]);
  const { success, code, stderr } = await child.output();
  if (success) return;
  const why = new TextDecoder().decode(stderr).trim().split("\n")[0] || `exit code ${code}`;
  throw new BenchError(`ffmpeg failed: ${why}`);
}

function spawn(args: string[]): Deno.ChildProcess {
  try {
    return new Deno.Command("ffmpeg", { args, stdin: "null", stdout: "null", stderr: "piped" })
      .spawn();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new BenchError("there is no ffmpeg on PATH, and the film is made with it", { cause });
  }
}

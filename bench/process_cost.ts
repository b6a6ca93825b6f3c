import { BenchError } from "./contender.ts";
import { processorSeconds, readProc, statusMb } from "./read_proc.ts";

/** What a program took. */
export interface ProcessCost {
  /** From its start to its end, in seconds. */
  readonly wallSeconds: number;
  /** Processor time of all its threads, in seconds; undefined where the system does not tell. */
  readonly processorSeconds: number | undefined;
  /** The most memory it held at a time, in MB; undefined likewise. */
  readonly peakMb: number | undefined;
}

/** How often a program is looked at, in ms: what it does after the last time is not seen. */
const EVERY = 200;

/**
 * Runs a program to its end and measures it, by Linux's `/proc`; elsewhere its time alone.
 *
 * @throws {BenchError} If it fails; the message has the last line that it said.
 */
export async function processCost(
  program: string,
  options: {
    readonly args: string[];
    readonly cwd?: string;
    readonly env?: Record<string, string>;
  },
): Promise<ProcessCost> {
  const begun = performance.now();
  const child = new Deno.Command(program, {
    ...options,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = child.stderr.text();
  let ended = false;
  const status = child.status.finally(() => ended = true);
  let last: Omit<ProcessCost, "wallSeconds"> = { processorSeconds: undefined, peakMb: undefined };
  const watched = (async () => {
    while (!ended) {
      const seen = await lookAt(child.pid);
      if (seen) last = seen;
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  })();
  const { success, code } = await status;
  const wallSeconds = (performance.now() - begun) / 1000;
  await watched;
  if (!success) {
    const why = (await said).trim().split("\n").at(-1) || `exit code ${code}`;
    throw new BenchError(`${program} failed: ${why}`);
  }
  await said;
  return { wallSeconds, ...last };
}

/** What a process has taken so far; undefined when it has ended. */
async function lookAt(pid: number): Promise<Omit<ProcessCost, "wallSeconds"> | undefined> {
  const text = await readProc(pid, "status", "stat");
  const seen = { peakMb: statusMb(text, "VmHWM"), processorSeconds: processorSeconds(text) };
  return seen.peakMb === undefined ? undefined : seen;
}

/**
 * Files of a process below Linux's `/proc`, one after the other; undefined where there are none. Deno itself reads
 * nothing there without all permissions, but `cat` may.
 */
export function readProc(pid: number, ...names: string[]): Promise<string | undefined> {
  return outputOf("cat", names.map((name) => `/proc/${pid}/${name}`));
}

/** What a program prints; undefined where it is missing or fails. */
export async function outputOf(program: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Ticks of processor time a second, as Linux counts them for programs. */
const TICKS = 100;

/** Processor time of a process so far, user's and system's, in seconds; undefined where the system does not tell. */
export function processorSeconds(stat: string | undefined): number | undefined {
  // After the name, which is in brackets, come the state, ten other fields, and user and system time.
  const times = stat?.match(/^\d+ \(.*\) (?:\S+ ){11}(\d+) (\d+)/m);
  return times ? (Number(times[1]) + Number(times[2])) / TICKS : undefined;
}

/** A line of `/proc/PID/status` that is in kB, in MB; undefined where there is none. */
export function statusMb(status: string | undefined, name: string): number | undefined {
  const line = status?.match(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m"));
  return line ? Number(line[1]) * 1024 / 1e6 : undefined;
}

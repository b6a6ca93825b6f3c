import type { ServeCase } from "../serve/serve_cases.ts";
import { BenchError } from "../contender.ts";
import { processorSeconds, readProc, statusMb } from "../read_proc.ts";

/** What a start and some predictions took. */
export interface MeasuredStart {
  /** From the start to the first prediction, in seconds. */
  readonly first: number;
  /** The shortest of the further predictions, in seconds. */
  readonly each: number;
  /**
   * Processor time of all threads, in seconds, until the first prediction and for each further one; undefined where the
   * system does not tell.
   */
  readonly processor: { readonly first: number; readonly each: number } | undefined;
  /** Memory after the last prediction, in MB: beside files, and with them; undefined likewise. */
  readonly memory: { readonly own: number; readonly all: number } | undefined;
}

/** A server that has been started. */
interface Started {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Predictions after which memory is looked at. */
export const PREDICTIONS = 5;

/**
 * Starts a server, asks it for {@linkcode PREDICTIONS} predictions one after the other, and ends it.
 *
 * @throws {BenchError} If anything but a prediction is answered.
 */
export async function measureServer(
  start: () => Promise<Started>,
  ask: ServeCase,
): Promise<MeasuredStart> {
  const begun = performance.now();
  const server = await start();
  try {
    await predict(server.url, ask);
    const first = (performance.now() - begun) / 1000;
    const atFirst = await processorOf(server.pid);
    let each = Infinity;
    for (let i = 1; i < PREDICTIONS; i++) {
      const asked = performance.now();
      await predict(server.url, ask);
      each = Math.min(each, (performance.now() - asked) / 1000);
    }
    const processor = processorSpent(atFirst, await processorOf(server.pid));
    return { first, each, processor, memory: await memoryOf(server.pid) };
  } finally {
    await server.stop();
  }
}

async function predict(url: string, { body, type }: ServeCase): Promise<void> {
  const response = await fetch(`${url}/v1/predict`, {
    method: "POST",
    body,
    headers: { "content-type": type },
  });
  const text = await response.text();
  if (response.status !== 200) throw new BenchError(`${url} answers ${response.status}: ${text}`);
}

/** Processor time of a process so far, in seconds; undefined where there is none or the system does not tell. */
export async function processorOf(pid: number | undefined): Promise<number | undefined> {
  return pid === undefined ? undefined : processorSeconds(await readProc(pid, "stat"));
}

/** Processor time for the first prediction and each further one, by what was taken after the first and the last. */
export function processorSpent(
  first: number | undefined,
  last: number | undefined,
): MeasuredStart["processor"] {
  if (first === undefined || last === undefined) return undefined;
  return { first, each: (last - first) / (PREDICTIONS - 1) };
}

/** What a process holds now; undefined where the system does not tell. */
export async function memoryOf(pid: number): Promise<MeasuredStart["memory"]> {
  const status = await readProc(pid, "status");
  const [own, shared, all] = ["RssAnon", "RssShmem", "VmRSS"]
    .map((name) => statusMb(status, name));
  if (own === undefined || shared === undefined || all === undefined) return undefined;
  return { own: own + shared, all };
}

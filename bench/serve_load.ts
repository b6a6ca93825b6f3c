import { BenchError } from "./contender.ts";
import type { ServeCase } from "./serve_cases.ts";

/** What clients that ask all the time get. */
export interface ServeLoad {
  /** Predictions that were counted. */
  readonly n: number;
  /** Predictions a second. */
  readonly perSecond: number;
  /** Half of the requests took no longer, in ms. */
  readonly p50: number;
  /** 99 % of the requests took no longer, in ms. */
  readonly p99: number;
}

/** How {@linkcode measureLoad} measures. */
export interface LoadOptions {
  /** Clients that ask at once, each again as soon as it is answered. */
  readonly clients: number;
  /** How long they go on asking, in seconds. */
  readonly seconds: number;
  /** How many predictions there have to be, however long they take. */
  readonly least: number;
}

/**
 * Lets a few clients ask for the same prediction again and again.
 *
 * @throws {BenchError} If anything but a prediction is answered.
 */
export async function measureLoad(
  url: string,
  { name, body, type }: ServeCase,
  { clients, seconds, least }: LoadOptions,
): Promise<ServeLoad> {
  const ask = async () => {
    const start = performance.now();
    const response = await fetch(`${url}/v1/predict`, {
      ...{ method: "POST", body, headers: { "content-type": type } },
    });
    const text = await response.text();
    if (response.status !== 200) throw new BenchError(`${name}: ${response.status} ${text}`);
    return performance.now() - start;
  };
  // The first compiles code and starts the decoder; it does not count.
  await ask();
  const times: number[] = [];
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let asked = 0;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (elapsed() < seconds || asked < least) {
      asked++;
      times.push(await ask());
    }
  }));
  const whole = elapsed();
  times.sort((a, b) => a - b);
  const quantile = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))];
  return {
    n: times.length,
    perSecond: times.length / whole,
    ...{ p50: quantile(0.5), p99: quantile(0.99) },
  };
}

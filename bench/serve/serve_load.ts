import { BenchError } from "../contender.ts";
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
      method: "POST",
      body,
      headers: { "content-type": type },
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
    p50: quantile(0.5),
    p99: quantile(0.99),
  };
}

/** What becomes of clients that all ask at once. */
export interface ServeBurst {
  /** How many ask. */
  readonly clients: number;
  /** How many get a prediction. */
  readonly predicted: number;
  /** How many are told when to come again (429 or 503 with Retry-After). */
  readonly refused: number;
}

/**
 * Lets many clients ask at the same moment, each once.
 *
 * @throws {BenchError} If one gets neither a prediction nor a time to come again.
 */
export async function measureBurst(
  url: string,
  { name, body, type }: ServeCase,
  clients: number,
): Promise<ServeBurst> {
  const statuses = await Promise.all(Array.from({ length: clients }, async () => {
    const response = await fetch(`${url}/v1/predict`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    });
    const text = await response.text();
    const isTold = [429, 503].includes(response.status) && response.headers.has("retry-after");
    if (response.status === 200 || isTold) return response.status;
    throw new BenchError(`${name}: ${clients} clients at once: ${response.status} ${text}`);
  }));
  const predicted = statuses.filter((status) => status === 200).length;
  return { clients, predicted, refused: clients - predicted };
}

/** Labels of one time series. */
export type Labels = Readonly<Record<string, string>>;

/** Upper bounds of the time histograms, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

/**
 * The server's counters, gauges and histograms, as Prometheus reads them (text format 0.0.4). Labels
 * are the server's own words (routes, statuses, labels of the model), never what a client sent.
 *
 * @example
 * ```ts
 * import { Metrics } from "./metrics.ts";
 * import assert from "node:assert/strict";
 *
 * const metrics = new Metrics();
 * metrics.count("emofuse_clips_total", "Clips.", { outcome: "ok" });
 * metrics.gauge("emofuse_clips_waiting", "Clips that wait.", () => 3);
 * const text = metrics.text();
 * assert.match(text, /^emofuse_clips_total\{outcome="ok"\} 1$/m);
 * assert.match(text, /^emofuse_clips_waiting 3$/m);
 * ```
 */
export class Metrics {
  readonly #help = new Map<string, { type: string; help: string }>();
  readonly #counters = new Map<string, Map<string, number>>();
  readonly #read = new Map<string, () => number>();
  readonly #histograms = new Map<string, Map<string, Histogram>>();

  /** Adds 1 to a counter. */
  count(name: string, help: string, labels: Labels = {}): void {
    this.#describe(name, "counter", help);
    const series = getOrAdd(this.#counters, name, () => new Map<string, number>());
    const key = written(labels);
    series.set(key, (series.get(key) ?? 0) + 1);
  }

  /** Defines a number that is read when the metrics are. */
  gauge(name: string, help: string, read: () => number): void {
    this.#describe(name, "gauge", help);
    this.#read.set(name, read);
  }

  /** Defines a number that only grows, and is read when the metrics are. */
  counter(name: string, help: string, read: () => number): void {
    this.#describe(name, "counter", help);
    this.#read.set(name, read);
  }

  /** Adds a time in seconds to a histogram. */
  observe(name: string, help: string, seconds: number, labels: Labels = {}): void {
    this.#describe(name, "histogram", help);
    const series = getOrAdd(this.#histograms, name, () => new Map<string, Histogram>());
    const histogram = getOrAdd(
      series,
      written(labels),
      () => ({ counts: BUCKETS.map(() => 0), sum: 0, count: 0 }),
    );
    BUCKETS.forEach((bound, i) => histogram.counts[i] += seconds <= bound ? 1 : 0);
    histogram.sum += seconds;
    histogram.count++;
  }

  /** All of it as text. */
  text(): string {
    const lines: string[] = [];
    for (const [name, { type, help }] of this.#help) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      for (const [labels, value] of this.#counters.get(name) ?? []) {
        lines.push(`${name}${braced(labels)} ${value}`);
      }
      const read = this.#read.get(name);
      if (read) lines.push(`${name} ${read()}`);
      for (const [labels, { counts, sum, count }] of this.#histograms.get(name) ?? []) {
        const bounds = [...BUCKETS.map(String), "+Inf"];
        [...counts, count].forEach((n, i) => {
          lines.push(`${name}_bucket${braced(joined(labels, `le="${bounds[i]}"`))} ${n}`);
        });
        lines.push(
          `${name}_sum${braced(labels)} ${sum}`,
          `${name}_count${braced(labels)} ${count}`,
        );
      }
    }
    return lines.join("\n") + "\n";
  }

  #describe(name: string, type: string, help: string): void {
    getOrAdd(this.#help, name, () => ({ type, help }));
  }
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}

function written(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, escaped)}"`)
    .join(",");
}

function escaped(character: string): string {
  return character === "\n" ? "\\n" : `\\${character}`;
}

function joined(labels: string, more: string): string {
  return labels === "" ? more : `${labels},${more}`;
}

function braced(labels: string): string {
  return labels === "" ? "" : `{${labels}}`;
}

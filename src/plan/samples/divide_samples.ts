import type { ExtractShard } from "../plan.ts";

/**
 * Divides samples, as they come one after the other, into shards of neighbours with about as many seconds each: a
 * shard ends with the sample with which its share of all seconds is full, but not within a recording.
 *
 * Neighbours keep what one worker reads together: files of one folder, parts of one recording.
 */
export class SampleDivider {
  readonly #shards: ExtractShard[] = [];
  readonly #total: number;
  readonly #shares: number;
  #open: { first: number; samples: number; seconds: number; start: number } | undefined;
  #done = 0;
  #samples = 0;
  #bytes = 0;
  #recording: string | undefined;

  /** Prepares for samples of `total` seconds, in at most `shares` shards. */
  constructor(total: number, shares: number) {
    this.#total = total;
    this.#shares = shares;
  }

  /**
   * Takes the next sample.
   *
   * @param seconds Its seconds of media.
   * @param bytes Length of its line.
   * @param recording What it is a part of, where it is one.
   */
  add(seconds: number, bytes: number, recording?: string): void {
    const full = this.#done >= this.#total * (this.#shards.length + 1) / this.#shares - 1e-6;
    const within = recording !== undefined && recording === this.#recording;
    if (this.#open && full && !within) this.#close();
    this.#open ??= { first: this.#samples, samples: 0, seconds: 0, start: this.#bytes };
    this.#open.samples++;
    this.#open.seconds += seconds;
    this.#samples++;
    this.#done += seconds;
    this.#bytes += bytes;
    this.#recording = recording;
  }

  /** The shards, when all samples are taken: fewer than asked for where there are not as many samples. */
  finish(): ExtractShard[] {
    this.#close();
    return this.#shards;
  }

  #close(): void {
    if (!this.#open) return;
    const { first, samples, seconds, start } = this.#open;
    this.#shards.push({
      shard: this.#shards.length,
      first,
      samples,
      seconds: Number(seconds.toFixed(3)),
      bytes: [start, this.#bytes],
    });
    this.#open = undefined;
  }
}

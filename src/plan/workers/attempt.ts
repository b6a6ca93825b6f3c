import { mkdir, readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { isAbsent, isGone } from "../../runtime/files/file_problem.ts";
import { writeFileAtomically } from "../../runtime/write_file_atomically.ts";
import type { Stage } from "../plan.ts";

/** What is known of one attempt at a shard: the content of its file. */
export interface AttemptRecord {
  /** Its name, which no other attempt has. */
  readonly id: string;
  /** The stage. */
  readonly stage: Stage;
  /** The shard. */
  readonly shard: number;
  /** The machine. */
  readonly host: string;
  /** The process. */
  readonly pid: number;
  /** When it began, by the machine's clock. */
  readonly started: string;
  /** When it was last heard of, by the machine's clock. */
  readonly heard: string;
  /** How often it was heard of: it lives as long as this grows. */
  readonly beat: number;
  /** How it stands; what was killed stays `running`. */
  readonly state: "running" | "done" | "failed";
  /** Samples or steps that are done. */
  readonly done: number;
  /** Their number. */
  readonly total: number;
  /** How many of those done were done before, by another attempt or another run. */
  readonly found: number;
  /** How long it has lasted, in seconds. */
  readonly seconds: number;
  /** Why it failed, in one line. */
  readonly reason?: string;
}

/** How often a worker says that it lives, and how long it may be silent before others take its work over. */
export interface Patience {
  /**
   * Between two signs of life, in milliseconds.
   *
   * @default {3000}
   */
  readonly beat?: number;
  /**
   * Silence after which a worker is taken for dead, in milliseconds.
   *
   * @default {30000}
   */
  readonly silence?: number;
}

/** Between two signs of life, in milliseconds. */
export const BEAT = 3000;

/** Silence after which a worker is taken for dead, in milliseconds. */
export const SILENCE = 30_000;

/**
 * One attempt at a shard, which says that it lives, and how far it is, in a file of its own: nobody else writes it, so
 * that no lock is needed.
 */
export class Attempt implements AsyncDisposable {
  readonly #dir: string;
  readonly #started = performance.now();
  readonly #timer: ReturnType<typeof setInterval>;
  #record: AttemptRecord;
  #writing: Promise<void> = Promise.resolve();

  private constructor(dir: string, record: AttemptRecord, beat: number) {
    this.#dir = dir;
    this.#record = record;
    this.#timer = setInterval(() => void this.#write({}).catch(() => {}), beat);
  }

  /** Begins an attempt at a shard of the plan in `dir`. */
  static async begin(
    dir: string,
    { stage, shard }: { readonly stage: Stage; readonly shard: number },
    { beat = BEAT }: Patience = {},
  ): Promise<Attempt> {
    await mkdir(attemptsDir(dir), { recursive: true });
    const now = new Date().toISOString();
    const attempt = new Attempt(dir, {
      id: `${stage}-${shard}-${crypto.randomUUID()}`,
      stage,
      shard,
      host: hostname(),
      pid: process.pid,
      started: now,
      heard: now,
      beat: 0,
      state: "running",
      done: 0,
      total: 0,
      found: 0,
      seconds: 0,
    }, beat);
    await attempt.#write({});
    return attempt;
  }

  /** Its name. */
  get id(): string {
    return this.#record.id;
  }

  /** The machine. */
  get host(): string {
    return this.#record.host;
  }

  /** How long it has lasted, in seconds. */
  get seconds(): number {
    return Number(((performance.now() - this.#started) / 1000).toFixed(2));
  }

  /** Says how far it is; written with the next sign of life. */
  progress(done: number, total: number, found: number): void {
    this.#record = { ...this.#record, done, total, found };
  }

  /** Says that the shard is done. */
  async succeed(): Promise<void> {
    await this.#write({ state: "done" });
  }

  /** Says why the shard could not be done. */
  async fail(error: unknown): Promise<void> {
    await this.#write({ state: "failed", reason: describeFailure(error).split("\n")[0] });
  }

  /** Ends the signs of life. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing.catch(() => {});
  }

  /** Writes one after the other, so that what is said last is what stays. */
  #write(news: Partial<AttemptRecord>): Promise<void> {
    const before = this.#writing.catch(() => {});
    this.#writing = before.then(() => {
      this.#record = {
        ...this.#record,
        ...news,
        heard: new Date().toISOString(),
        beat: this.#record.beat + 1,
        seconds: this.seconds,
      };
      const text = JSON.stringify(this.#record, null, 2);
      return writeFileAtomically(attemptFile(this.#dir, this.id), text + "\n");
    });
    return this.#writing;
  }
}

/** The record of an attempt; undefined where there is none that can be read. */
export async function readAttempt(dir: string, id: string): Promise<AttemptRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(attemptFile(dir, id), "utf8")) as AttemptRecord | null;
    return typeof record?.beat === "number" ? record : undefined;
  } catch (error) {
    if (isAbsent(error) || isGone(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** All attempts at the shards of a plan, in the order in which they began. */
export async function readAttempts(dir: string): Promise<AttemptRecord[]> {
  const names = await readdir(attemptsDir(dir)).catch((error) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const attempts: AttemptRecord[] = [];
  for (const name of names.filter((name) => name.endsWith(".json"))) {
    const attempt = await readAttempt(dir, name.slice(0, -".json".length));
    if (attempt) attempts.push(attempt);
  }
  return attempts.sort((a, b) => a.started < b.started ? -1 : a.started > b.started ? 1 : 0);
}

function attemptsDir(dir: string): string {
  return join(dir, "attempts");
}

/** The file of an attempt's record: it is there, and whole, from its beginning on. */
export function attemptFile(dir: string, id: string): string {
  return join(attemptsDir(dir), `${id}.json`);
}

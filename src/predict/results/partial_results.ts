import { constants, type FileHandle, open, rm } from "node:fs/promises";
import { type FileLock, lockAdvice, lockFile } from "../../runtime/files/lock_file.ts";
import type { PredictedPart } from "../clip_file.ts";

/** What is known of one clip. */
export interface KeptResult {
  /** Tells the clip, the model and the options from others. */
  readonly key: string;
  /** Whether nothing could be said of it. */
  readonly failed: boolean;
  /** What is said of it, or of its parts. */
  readonly parts: readonly PredictedPart[];
}

/** Where a result lies in the file. */
interface Place {
  readonly at: number;
  readonly length: number;
  readonly failed: boolean;
}

/** Thrown where a file of partial results cannot be gone on with. */
export class PartialResultsError extends Error {
  /** The error's class name. */
  override readonly name = "PartialResultsError";

  /** Builds the message `path: reason`. */
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
  }
}

/** Bytes that are read at once. */
const PART = 2 ** 20;

const NEWLINE = 10;

/** How every line begins. */
const KEY = '{"key":';

/**
 * Results one line of JSON each, in the order in which they became known, in a file that is only ever added to. Where a
 * run was killed while it wrote, the last line is broken and is cut off. Of each line the place alone is held in memory.
 */
export class PartialResults {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #lock: FileLock;
  readonly #places: Map<string, Place>;
  #end: number;

  private constructor(
    path: string,
    { file, lock }: { readonly file: FileHandle; readonly lock: FileLock },
    { places, end }: { readonly places: Map<string, Place>; readonly end: number },
  ) {
    this.#path = path;
    this.#file = file;
    this.#lock = lock;
    this.#places = places;
    this.#end = end;
  }

  /**
   * Opens the file at `path`, or makes it, and keeps others from it until it is closed.
   *
   * @throws {PartialResultsError} If another run writes it, or it holds something else.
   */
  static async open(path: string): Promise<PartialResults> {
    const lock = await lockFile(path);
    if (!lock) {
      throw new PartialResultsError(
        path,
        `another run is writing it: wait for it, or stop it${lockAdvice(path)}`,
      );
    }
    let file: FileHandle | undefined;
    try {
      file = await open(path, constants.O_RDWR | constants.O_CREAT);
      const found = await readPlaces(file);
      if (found.places.size === 0 && (await file.stat()).size > found.end && !found.broken) {
        throw new PartialResultsError(path, "it does not hold results: move it away");
      }
      await file.truncate(found.end);
      return new PartialResults(path, { file, lock }, found);
    } catch (error) {
      await file?.close();
      await lock.release();
      throw error;
    }
  }

  /** Keys of all that is known. */
  get keys(): Iterable<string> {
    return this.#places.keys();
  }

  /** Whether something is known to be said of a clip; one of which nothing could be said is worth another try. */
  has(key: string): boolean {
    return this.#places.get(key)?.failed === false;
  }

  /** Adds what is known of a clip; it counts instead of what was known before. */
  async add(result: KeptResult): Promise<void> {
    const line = new TextEncoder().encode(`${JSON.stringify(result)}\n`);
    for (let at = 0; at < line.length;) {
      const { bytesWritten } = await this.#file.write(line, at, line.length - at, this.#end + at);
      at += bytesWritten;
    }
    const { key, failed } = result;
    this.#places.set(key, { at: this.#end, length: line.length, failed });
    this.#end += line.length;
  }

  /** What is known of a clip. */
  async read(key: string): Promise<KeptResult | undefined> {
    const place = this.#places.get(key);
    if (!place) return undefined;
    const bytes = new Uint8Array(place.length);
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await this.#file.read(bytes, at, bytes.length - at, place.at + at);
      if (bytesRead === 0) throw new Error(`${this.#path} was cut off while it was read`);
      at += bytesRead;
    }
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  /** Closes the file and leaves it. */
  async close(): Promise<void> {
    await this.#file.close();
    await this.#lock.release();
  }

  /** Removes the file; closing it is left to {@linkcode close}. */
  async remove(): Promise<void> {
    await rm(this.#path);
  }
}

/** The whole lines of a file. */
interface FoundPlaces {
  readonly places: Map<string, Place>;
  /** The end of the last of them. */
  readonly end: number;
  /** Whether what follows may be the beginning of another. */
  readonly broken: boolean;
}

async function readPlaces(file: FileHandle): Promise<FoundPlaces> {
  const places = new Map<string, Place>();
  let end = 0;
  let rest = new Uint8Array(0);
  const part = new Uint8Array(PART);
  for (;;) {
    const { bytesRead: read } = await file.read(part);
    // A line of ours begins with its key.
    if (read === 0) {
      const begun = new TextDecoder().decode(rest.subarray(0, KEY.length));
      return { places, end, broken: KEY.startsWith(begun) };
    }
    const bytes = new Uint8Array(rest.length + read);
    bytes.set(rest);
    bytes.set(part.subarray(0, read), rest.length);
    let from = 0;
    for (let to; (to = bytes.indexOf(NEWLINE, from)) >= 0; from = to + 1) {
      const length = to + 1 - from;
      const known = keptIn(new TextDecoder().decode(bytes.subarray(from, to)));
      // What is no line of ours is the end of what can be gone on with.
      if (!known) return { places, end, broken: false };
      places.set(known.key, { at: end, length, failed: known.failed });
      end += length;
    }
    rest = bytes.slice(from);
  }
}

function keptIn(line: string): Pick<KeptResult, "key" | "failed"> | undefined {
  try {
    const { key, failed, parts } = JSON.parse(line);
    const isKept = typeof key === "string" && typeof failed === "boolean" && Array.isArray(parts);
    return isKept ? { key, failed } : undefined;
  } catch {
    return undefined;
  }
}

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
  readonly #file: Deno.FsFile;
  readonly #places: Map<string, Place>;
  #end: number;

  private constructor(
    path: string,
    file: Deno.FsFile,
    { places, end }: { readonly places: Map<string, Place>; readonly end: number },
  ) {
    this.#path = path;
    this.#file = file;
    this.#places = places;
    this.#end = end;
  }

  /**
   * Opens the file at `path`, or makes it, and keeps others from it until it is closed.
   *
   * @throws {PartialResultsError} If another run writes it, or it holds something else.
   */
  static async open(path: string): Promise<PartialResults> {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    try {
      if (!await file.tryLock(true)) {
        throw new PartialResultsError(path, "another run is writing it: wait for it, or stop it");
      }
      const found = await readPlaces(file);
      if (found.places.size === 0 && (await file.stat()).size > found.end && !found.broken) {
        throw new PartialResultsError(path, "it does not hold results: move it away");
      }
      await file.truncate(found.end);
      return new PartialResults(path, file, found);
    } catch (error) {
      file.close();
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
    await this.#file.seek(this.#end, Deno.SeekMode.Start);
    let rest = line;
    while (rest.length > 0) rest = rest.subarray(await this.#file.write(rest));
    const { key, failed } = result;
    this.#places.set(key, { at: this.#end, length: line.length, failed });
    this.#end += line.length;
  }

  /** What is known of a clip. */
  async read(key: string): Promise<KeptResult | undefined> {
    const place = this.#places.get(key);
    if (!place) return undefined;
    const bytes = new Uint8Array(place.length);
    await this.#file.seek(place.at, Deno.SeekMode.Start);
    for (let at = 0; at < bytes.length;) {
      const read = await this.#file.read(bytes.subarray(at));
      if (read === null) throw new Error(`${this.#path} was cut off while it was read`);
      at += read;
    }
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  /** Closes the file and leaves it. */
  close(): void {
    this.#file.close();
  }

  /** Removes the file; closing it is left to {@linkcode close}. */
  async remove(): Promise<void> {
    await Deno.remove(this.#path);
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

async function readPlaces(file: Deno.FsFile): Promise<FoundPlaces> {
  const places = new Map<string, Place>();
  let end = 0;
  let rest = new Uint8Array(0);
  const part = new Uint8Array(PART);
  for (;;) {
    const read = await file.read(part);
    // A line of ours begins with its key.
    if (read === null) {
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

import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "../../../runtime/files/read_bytes.ts";
import { isMissing } from "../../../runtime/files/file_problem.ts";
import { lacksLinks, linkFile } from "../../../runtime/files/link_file.ts";
import { describeFailure } from "../../../runtime/describe_failure.ts";
import { publishFile } from "../entry_file.ts";
import { StoreError } from "../store_error.ts";
import type { CachePlace } from "./bucket_options.ts";
import { openTemporaries, TEMPORARIES } from "../temporaries.ts";

/** Of the limit, what one process adds before it looks again whether the folder is too large. */
const ADDED_SHARE = 0.05;
/** Of the limit, what is left when the folder was too large. */
const KEPT_SHARE = 0.9;

/** One file of the cache. */
interface CachedFile {
  readonly path: string;
  readonly size: number;
  /** When it was last read, in ms. */
  readonly read: number;
}

/**
 * Files of this machine that hold what lies in buckets, up to a limit: what was not read for the longest time goes
 * first. Several processes may share the folder; each looks at its size when it has added a twentieth of the limit, by
 * which the folder may be too large meanwhile.
 */
export class EntryCache {
  readonly #dir: string;
  readonly #limit: number;
  /** Bytes that were added since the folder's size was last looked at; all may be there already. */
  #added = Infinity;
  #trimming: Promise<void> | undefined;

  private constructor({ dir, bytes }: CachePlace) {
    this.#dir = dir;
    this.#limit = bytes;
  }

  /**
   * Opens the cache and makes its folder where it is missing.
   *
   * @throws {StoreError} If it cannot be written to.
   */
  static async open(place: CachePlace): Promise<EntryCache> {
    const cache = new EntryCache(place);
    await cache.#writing(async () => void await openTemporaries(place.dir));
    return cache;
  }

  /** The bytes of the entry `name`, or undefined where the cache has none. */
  async get(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = join(this.#dir, name);
    try {
      const bytes = await readBytes(path);
      await this.#touch(path);
      return bytes;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /**
   * Keeps the bytes of the entry `name`.
   *
   * @throws {StoreError} If they cannot be written.
   */
  async put(name: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.#limit) return;
    await this.#writing(async () => {
      const temporaries = join(this.#dir, TEMPORARIES);
      await publishFile(join(this.#dir, name), bytes, { temporaries, replace: true });
      this.#added += bytes.length;
      if (this.#added > ADDED_SHARE * this.#limit) await this.#trim();
    });
  }

  /** Gives the entry `name` a second name outside of the cache, where it stays; false where there is none, or no second names. */
  async link(name: string, to: string): Promise<boolean> {
    const path = join(this.#dir, name);
    try {
      await linkFile(path, to);
      await this.#touch(path);
      return true;
    } catch (error) {
      if (isMissing(error) || lacksLinks(error)) return false;
      throw error;
    }
  }

  /** Notes that a file was read: systems may not. */
  async #touch(path: string): Promise<void> {
    const now = new Date();
    try {
      await utimes(path, now, now);
    } catch (error) {
      // Another process has removed it meanwhile.
      if (!isMissing(error)) throw error;
    }
  }

  /** Removes what was not read for the longest time, if there is too much. */
  #trim(): Promise<void> {
    return this.#trimming ??= this.#trimNow().finally(() => this.#trimming = undefined);
  }

  async #trimNow(): Promise<void> {
    this.#added = 0;
    const files: CachedFile[] = [];
    let total = 0;
    for await (const file of filesBelow(this.#dir, 3)) {
      files.push(file);
      total += file.size;
    }
    if (total <= this.#limit) return;
    files.sort((a, b) => a.read - b.read);
    for (const { path, size } of files) {
      if (total <= KEPT_SHARE * this.#limit) break;
      await rm(path, { force: true });
      total -= size;
    }
  }

  async #writing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw new StoreError(
        `the cache ${this.#dir} cannot be written to: ${describeFailure(error)}`,
        { cause: error },
      );
    }
  }
}

/** All files of the cache: a folder a bucket, in it folders of entries. */
async function* filesBelow(dir: string, depth: number): AsyncGenerator<CachedFile> {
  for (const { name, isDirectory } of await entriesOf(dir)) {
    const path = join(dir, name);
    if (isDirectory) {
      if (depth > 1 && name !== TEMPORARIES) yield* filesBelow(path, depth - 1);
      continue;
    }
    try {
      const { size, mtimeMs: read } = await stat(path);
      yield { path, size, read };
    } catch (error) {
      // Another process was faster.
      if (!isMissing(error)) throw error;
    }
  }
}

async function entriesOf(dir: string): Promise<{ name: string; isDirectory: boolean }[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() }));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readBytes } from "../../../runtime/files/read_bytes.ts";
import { fileProblem, isMissing } from "../../../runtime/files/file_problem.ts";
import { isThere } from "../../../runtime/files/is_there.ts";
import { mapConcurrent } from "../../../runtime/map_concurrent.ts";
import { describeFailure } from "../../../runtime/describe_failure.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  safetensorsHeader,
  safetensorsHeaderLength,
  type TensorMap,
} from "../../../numeric/safetensors.ts";
import { publishFile } from "../entry_file.ts";
import type { FeatureStore, StoreEntry } from "../feature_store.ts";
import { entryPath, type StageKey } from "../stage_key.ts";
import { StoreError } from "../store_error.ts";
import { openTemporaries } from "../temporaries.ts";
import { parseBucketPlace } from "./bucket_place.ts";
import type { BucketOptions, S3Settings } from "./bucket_options.ts";
import { deniedMessage } from "./denied_message.ts";
import { EntryCache } from "./entry_cache.ts";
import { LentFolder } from "./lent_folder.ts";
import { S3Bucket } from "./s3_bucket.ts";

/** The object that says what the bucket's prefix holds. */
const MARK = "emofuse-store.json";
const SCHEMA = "emofuse.store/1";

/** Bytes that are fetched to see a header: nearly all are shorter. */
const HEAD_BYTES = 4096;
/** Entries whose metadata are remembered. */
const REMEMBERED = 20_000;
/** Requests that may bring nothing before the bucket is given up where it has not answered yet. */
const FIRST_ATTEMPTS = 6;
/** Entries that are read at once. */
const AT_ONCE = 8;

/**
 * A {@linkcode FeatureStore} in a bucket by the S3 API, which many machines may share. Whether it holds an entry, the
 * bucket says; what the entry holds is kept in a cache on this machine. Threads get what they read, and leave what they
 * compute, in a folder: they need neither the network nor credentials.
 */
export class BucketStore implements FeatureStore {
  /** What the user calls it. */
  readonly place: string;
  readonly #bucket: S3Bucket;
  readonly #prefix: string;
  readonly #cache: EntryCache;
  readonly #cached: string;
  readonly #lent: LentFolder;
  readonly #temporaries: string;
  readonly #known = new Map<string, Readonly<Record<string, string>>>();

  private constructor(parts: {
    place: string;
    prefix: string;
    bucket: S3Bucket;
    cache: EntryCache;
    cached: string;
    lent: LentFolder;
    temporaries: string;
  }) {
    this.place = parts.place;
    this.#prefix = parts.prefix;
    this.#bucket = parts.bucket;
    this.#cache = parts.cache;
    this.#cached = parts.cached;
    this.#lent = parts.lent;
    this.#temporaries = parts.temporaries;
  }

  /**
   * Opens the store `s3://bucket/prefix`.
   *
   * @throws {StoreError} If the bucket cannot be reached, read or written to, holds what another version of Emofuse
   * wrote, or the cache cannot be written to.
   */
  static async open(
    place: string,
    { cache, patience, settings: given }: BucketOptions,
  ): Promise<BucketStore> {
    const { bucket: name, prefix } = parseBucketPlace(place);
    const settings = given ?? await machineSettings(name, place);
    const bucket = new S3Bucket(place, settings, patience);
    // Nobody waits long to learn of a wrong address.
    const attempts = Math.min(patience?.attempts ?? Infinity, FIRST_ATTEMPTS);
    await mark(new S3Bucket(place, settings, { ...patience, attempts }), prefix, place);
    let lent: LentFolder;
    let temporaries: string;
    try {
      lent = await LentFolder.make(join(cache.dir, "lent"));
      temporaries = await openTemporaries(lent.dir);
    } catch (error) {
      throw new StoreError(
        `the cache ${cache.dir} cannot be written to: ${describeFailure(error)}`,
        { cause: error },
      );
    }
    const cached = createHash("sha256").update(`${settings.base}/${prefix}`).digest("hex");
    return new BucketStore({
      place,
      prefix,
      bucket,
      cache: await EntryCache.open({ dir: join(cache.dir, "entries"), bytes: cache.bytes }),
      // Another bucket's entries are another's word.
      cached: cached.slice(0, 16),
      lent,
      temporaries,
    });
  }

  /** As many as hide how long a bucket takes to answer. */
  get atOnce(): number {
    return AT_ONCE;
  }

  /** The folder through which threads work. */
  get dir(): string {
    return this.#lent.dir;
  }

  /** The file of the entry `key` in that folder. */
  path(key: StageKey): string {
    return this.#lent.path(entryPath(key));
  }

  /** Whether the bucket holds the entry `key`, whole. */
  async has(key: StageKey): Promise<boolean> {
    return await this.metadata(key) !== undefined;
  }

  /** The metadata of the entry `key`, or undefined where the bucket does not hold it whole. */
  async metadata(key: StageKey): Promise<Readonly<Record<string, string>> | undefined> {
    const name = entryPath(key);
    const known = this.#known.get(name);
    if (known) return known;
    try {
      let head = await this.#bucket.get(this.#prefix + name, HEAD_BYTES);
      if (!head) return undefined;
      const length = safetensorsHeaderLength(head.bytes);
      if (length > head.bytes.length && length <= head.size) {
        head = await this.#bucket.get(this.#prefix + name, length);
      }
      if (!head) return undefined;
      const { metadata, fileLength } = safetensorsHeader(head.bytes);
      if (fileLength !== head.size) return undefined;
      this.#remember(name, metadata);
      return metadata;
    } catch (error) {
      if (error instanceof SafetensorsError) return undefined;
      throw error;
    }
  }

  /** The entry `key`, or undefined where the bucket does not hold it whole. Its tensors share one buffer. */
  async get(key: StageKey): Promise<StoreEntry | undefined> {
    return (await this.#read(entryPath(key)))?.entry;
  }

  /**
   * Writes the entry `key`, unless the bucket holds it whole already.
   *
   * @throws {StoreError} If the bucket refuses or cannot be reached, or the cache cannot be written to.
   */
  async put(
    key: StageKey,
    tensors: TensorMap,
    metadata: Record<string, string> = {},
  ): Promise<void> {
    await this.#upload(key, encodeSafetensors(tensors, { ...metadata, stage: key.stage }));
  }

  /** Puts entries into `dir`, where they stay, whatever the cache's limit is. */
  async lend(keys: readonly StageKey[]): Promise<void> {
    await mapConcurrent(keys, AT_ONCE, (key) => this.#bring(key));
  }

  /** Puts `reads` into `dir`, does `work` and takes `writes` from there. */
  async exchange<T>(
    reads: readonly StageKey[],
    writes: readonly StageKey[],
    work: () => Promise<T>,
  ): Promise<T> {
    const brought: string[] = [];
    try {
      for (const key of reads) {
        await this.#bring(key);
        brought.push(entryPath(key));
      }
      const result = await work();
      for (const key of writes) await this.#fetchFrom(key);
      return result;
    } finally {
      for (const name of brought) await this.#lent.giveBack(name);
      for (const key of writes) await this.#lent.remove(entryPath(key));
    }
  }

  /** Uploads what a thread left. */
  async #fetchFrom(key: StageKey): Promise<void> {
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = await readBytes(this.path(key));
    } catch (error) {
      // The same sound was at work twice, and the other has taken it.
      if (isMissing(error)) return;
      throw error;
    }
    await this.#upload(key, bytes);
  }

  async #bring(key: StageKey): Promise<void> {
    const name = entryPath(key);
    await this.#lent.take(name);
    try {
      const path = this.#lent.path(name);
      if (await isThere(path)) return;
      await mkdir(dirname(path), { recursive: true });
      if (await this.#cache.link(join(this.#cached, name), path)) return;
      const read = await this.#read(name);
      if (!read) throw new StoreError(`${this.place} has lost the entry ${name}: run again`);
      await publishFile(path, read.bytes, { temporaries: this.#temporaries });
    } catch (error) {
      await this.#lent.giveBack(name);
      throw error;
    }
  }

  async #read(
    name: string,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; entry: StoreEntry } | undefined> {
    const cached = join(this.#cached, name);
    const kept = await this.#cache.get(cached);
    const known = kept && decoded(kept);
    if (known) return known;
    const object = await this.#bucket.get(this.#prefix + name);
    const read = object && decoded(object.bytes);
    if (read) {
      await this.#cache.put(cached, read.bytes);
      this.#remember(name, read.entry.metadata);
    }
    return read;
  }

  async #upload(key: StageKey, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const name = entryPath(key);
    if (!await this.#bucket.put(this.#prefix + name, bytes)) {
      // The first stays, unless something else than Emofuse has damaged it.
      if (await this.metadata(key)) return;
      await this.#bucket.put(this.#prefix + name, bytes, true);
    }
    await this.#cache.put(join(this.#cached, name), bytes);
    this.#remember(name, safetensorsHeader(bytes).metadata);
  }

  #remember(name: string, metadata: Readonly<Record<string, string>>): void {
    if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(name, metadata);
  }
}

/** What the machine says of a bucket. */
async function machineSettings(bucket: string, place: string): Promise<S3Settings> {
  try {
    // What finds credentials is loaded by those who need it.
    const { readS3Settings } = await import("./s3_settings.ts");
    return await readS3Settings(bucket);
  } catch (error) {
    if (fileProblem(error) === "denied") {
      throw new StoreError(deniedMessage(place), { cause: error });
    }
    throw new StoreError(`${place} cannot be opened: ${describeFailure(error)}`, { cause: error });
  }
}

/** Marks what the prefix holds, which shows that the bucket can be written to; or refuses what others put there. */
async function mark(bucket: S3Bucket, prefix: string, place: string): Promise<void> {
  const name = prefix + MARK;
  const check = (found: Uint8Array) => {
    if (new TextDecoder().decode(found).includes(`"${SCHEMA}"`)) return;
    throw new StoreError(
      `${place} is no store of this version of Emofuse: its ${MARK} does not say "${SCHEMA}"`,
    );
  };
  // A server that knows no conditions would write over it.
  const found = await bucket.get(name);
  if (found) check(found.bytes);
  const bytes = new TextEncoder().encode(`${JSON.stringify({ schema: SCHEMA })}\n`);
  if (!await bucket.put(name, bytes)) check((await bucket.get(name))?.bytes ?? bytes);
}

function decoded(
  bytes: Uint8Array<ArrayBuffer>,
): { bytes: Uint8Array<ArrayBuffer>; entry: StoreEntry } | undefined {
  try {
    return { bytes, entry: decodeSafetensors(bytes, { views: () => true }) };
  } catch (error) {
    if (error instanceof SafetensorsError) return undefined;
    throw error;
  }
}

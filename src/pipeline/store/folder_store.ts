import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { decodeSafetensors, safetensorsParts, type TensorMap } from "../../numeric/safetensors.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { isMissing } from "../../runtime/files/file_problem.ts";
import { isNoEntry, publishFile, readEntryHeader } from "./entry_file.ts";
import type { FeatureStore, StoreEntry } from "./feature_store.ts";
import { entryPath, type StageKey } from "./stage_key.ts";
import { StoreError } from "./store_error.ts";
import { openTemporaries, TEMPORARIES } from "./temporaries.ts";

/**
 * A {@linkcode FeatureStore} in a folder, which processes of many machines may share over NFS, Lustre and the like: it
 * needs no locks. Entries are spread over 256 folders.
 *
 * @example
 * ```ts
 * import { FolderStore } from "./folder_store.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = Deno.makeTempDirSync();
 * const store = await FolderStore.open(dir);
 * const key = { stage: "sound/1", clip: "ab12", settings: { sampleRate: 8000 } };
 * await store.put(key, { samples: { shape: [2], data: Float32Array.of(1, 2) } }, { silent: "no" });
 * assert.deepEqual((await store.get(key))?.tensors.samples.data, Float32Array.of(1, 2));
 * assert.equal(await store.get({ ...key, clip: "cd34" }), undefined);
 * Deno.removeSync(dir, { recursive: true });
 * ```
 */
export class FolderStore implements FeatureStore {
  /** The folder that holds the entries. */
  readonly dir: string;
  /** One: they are there at once, and would only take memory. */
  readonly atOnce = 1;
  readonly #temporaries: string;

  private constructor(dir: string) {
    this.dir = dir;
    this.#temporaries = join(dir, TEMPORARIES);
  }

  /** The folder. */
  get place(): string {
    return this.dir;
  }

  /**
   * Opens the store in `dir` and makes the folder where it is missing.
   *
   * @throws {StoreError} If the folder cannot be made or written to.
   */
  static async open(dir: string): Promise<FolderStore> {
    const store = new FolderStore(dir);
    await store.#writing(async () => void await openTemporaries(dir));
    return store;
  }

  /** The file of the entry `key`, whether it exists or not. */
  path(key: StageKey): string {
    return join(this.dir, entryPath(key));
  }

  /** Whether the store holds the entry `key`, whole: its header is valid and its length is right. */
  async has(key: StageKey): Promise<boolean> {
    return await this.metadata(key) !== undefined;
  }

  /** The metadata of the entry `key`, or undefined where the store does not hold it whole. */
  async metadata(key: StageKey): Promise<Record<string, string> | undefined> {
    try {
      await using file = await open(this.path(key));
      const { fileLength, metadata } = await readEntryHeader(file);
      return (await file.stat()).size === fileLength ? metadata : undefined;
    } catch (error) {
      if (isNoEntry(error)) return undefined;
      throw error;
    }
  }

  /** The entry `key`, or undefined where the store does not hold it whole. Its tensors share one buffer. */
  async get(key: StageKey): Promise<StoreEntry | undefined> {
    try {
      return decodeSafetensors(await readBytes(this.path(key)), { views: () => true });
    } catch (error) {
      if (isNoEntry(error)) return undefined;
      throw error;
    }
  }

  /**
   * Writes the entry `key`, unless the store holds it whole already.
   *
   * @throws {StoreError} If the folder cannot be written to.
   */
  async put(
    key: StageKey,
    tensors: TensorMap,
    metadata: Record<string, string> = {},
  ): Promise<void> {
    const path = this.path(key);
    const parts = safetensorsParts(tensors, { ...metadata, stage: key.stage });
    const temporaries = this.#temporaries;
    await this.#writing(async () => {
      if (await publishFile(path, parts, { temporaries }) || await this.has(key)) return;
      await publishFile(path, parts, { temporaries, replace: true });
    });
  }

  /**
   * Looks whether they are in `dir`, where they stay.
   *
   * @throws {StoreError} If the store has lost one of them.
   */
  async lend(keys: readonly StageKey[]): Promise<void> {
    for (const key of keys) {
      if (await this.has(key)) continue;
      throw new StoreError(`${this.dir} has lost the entry ${entryPath(key)}: run again`);
    }
  }

  /** Does `work`, which finds its entries in `dir` and leaves them there. */
  async exchange<T>(
    _reads: readonly StageKey[],
    _writes: readonly StageKey[],
    work: () => Promise<T>,
  ): Promise<T> {
    return await work();
  }

  async #writing(work: () => Promise<void>): Promise<void> {
    try {
      try {
        await work();
      } catch (error) {
        // Somebody emptied the store: it goes on as a new one.
        if (!isMissing(error)) throw error;
        await mkdir(this.#temporaries, { recursive: true });
        await work();
      }
    } catch (error) {
      throw new StoreError(`${this.dir} cannot be written to: ${describeFailure(error)}`, {
        cause: error,
      });
    }
  }
}

import { type FileHandle, mkdir, open, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { isMissing } from "../../runtime/files/file_problem.ts";
import {
  decodeSafetensors,
  SafetensorsError,
  type SafetensorsHeader,
  safetensorsHeader,
  safetensorsHeaderLength,
  safetensorsParts,
  type TensorMap,
} from "../../numeric/safetensors.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { writeFileAtomically } from "../../runtime/write_file_atomically.ts";
import type { FeatureStore, StoreEntry } from "./feature_store.ts";
import { entryPath, type StageKey } from "./stage_key.ts";
import { StoreError } from "./store_error.ts";

/**
 * A {@linkcode FeatureStore} in a folder, which processes of many machines may share.
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

  private constructor(dir: string) {
    this.dir = dir;
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
    try {
      await mkdir(dir, { recursive: true });
      const trial = join(dir, `.writable-${crypto.randomUUID()}`);
      await writeFile(trial, "");
      await rm(trial);
    } catch (error) {
      throw new StoreError(`${dir} cannot be written to: ${describeFailure(error)}`, {
        cause: error,
      });
    }
    return new FolderStore(dir);
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
      const { fileLength, metadata } = await readHeader(file);
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

  /** Writes the entry `key`. */
  async put(
    key: StageKey,
    tensors: TensorMap,
    metadata: Record<string, string> = {},
  ): Promise<void> {
    const path = this.path(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomically(path, safetensorsParts(tensors, { ...metadata, stage: key.stage }));
  }

  /** Nothing: they are in `dir`. */
  async lend(): Promise<void> {}

  /** Does `work`, which finds its entries in `dir` and leaves them there. */
  async exchange<T>(
    _reads: readonly StageKey[],
    _writes: readonly StageKey[],
    work: () => Promise<T>,
  ): Promise<T> {
    return await work();
  }
}

/** Missing, or damaged by something else than a run: either way it has to be computed. */
function isNoEntry(error: unknown): boolean {
  return isMissing(error) || error instanceof SafetensorsError;
}

async function readHeader(file: FileHandle): Promise<SafetensorsHeader> {
  const first = new Uint8Array(8);
  const { bytesRead: read } = await file.read(first);
  const bytes = new Uint8Array(safetensorsHeaderLength(first.subarray(0, read)));
  bytes.set(first);
  let at = read;
  while (at < bytes.length) {
    const { bytesRead } = await file.read(bytes, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return safetensorsHeader(bytes.subarray(0, at));
}

import { type FileHandle, mkdir, open, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
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

/** Everything that decides what a stage computes: its name and version, its settings, its inputs. */
export interface StageKey {
  /** Name of the stage and version of its code, such as `sound/1`. */
  readonly stage: string;
  /** SHA-256 of the clip's bytes, in hexadecimal. */
  readonly clip: string;
  /** Settings that the result depends on. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256 of the weights that the stage uses, where it uses any. */
  readonly weights?: string;
}

/** The store cannot be written to. */
export class StoreError extends Error {
  /** The error's class, for logs. */
  override readonly name = "StoreError";
}

/**
 * A content-addressed store of what the expensive stages computed: one safetensors file an entry,
 * named by the SHA-256 of its `StageKey`. Entries appear whole or not at all, so that runs that are
 * killed, or that share the store at the same time, cannot spoil it: at worst both compute an entry.
 *
 * @example
 * ```ts
 * import { FeatureStore } from "./store.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = Deno.makeTempDirSync();
 * const store = await FeatureStore.open(dir);
 * const key = { stage: "sound/1", clip: "ab12", settings: { sampleRate: 8000 } };
 * await store.put(key, { samples: { shape: [2], data: Float32Array.of(1, 2) } }, { silent: "no" });
 * assert.deepEqual((await store.get(key))?.tensors.samples.data, Float32Array.of(1, 2));
 * assert.equal(await store.get({ ...key, clip: "cd34" }), undefined);
 * Deno.removeSync(dir, { recursive: true });
 * ```
 */
export class FeatureStore {
  /** The folder that holds the entries. */
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /**
   * Opens the store in `dir` and makes the folder where it is missing.
   *
   * @throws {StoreError} If the folder cannot be made or written to.
   */
  static async open(dir: string): Promise<FeatureStore> {
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
    return new FeatureStore(dir);
  }

  /** The file of the entry `key`, whether it exists or not. */
  path(key: StageKey): string {
    const hash = keyHash(key);
    return join(this.dir, hash.slice(0, 2), `${hash}.safetensors`);
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
  async get(
    key: StageKey,
  ): Promise<{ tensors: TensorMap; metadata: Record<string, string> } | undefined> {
    try {
      return decodeSafetensors(await readBytes(this.path(key)), { views: () => true });
    } catch (error) {
      if (isNoEntry(error)) return undefined;
      throw error;
    }
  }

  /** Writes the entry `key` and returns its file. */
  async put(
    key: StageKey,
    tensors: TensorMap,
    metadata: Record<string, string> = {},
  ): Promise<string> {
    const path = this.path(key);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFileAtomically(path, safetensorsParts(tensors, { ...metadata, stage: key.stage }));
    return path;
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

/** SHA-256 of a key in a canonical spelling: the order of the settings does not matter. */
function keyHash(key: StageKey): string {
  const settings = Object.entries(key.settings).sort(([a], [b]) => a < b ? -1 : 1);
  return createHash("sha256")
    .update(JSON.stringify([key.stage, key.clip, settings, key.weights ?? null]))
    .digest("hex");
}

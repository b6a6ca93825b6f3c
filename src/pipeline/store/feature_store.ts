import type { TensorMap } from "../../numeric/safetensors.ts";
import type { StageKey } from "./stage_key.ts";

/** What the store keeps of one stage of one clip. */
export interface StoreEntry {
  /** The tensors by name; they may share one buffer. */
  readonly tensors: TensorMap;
  /** What is to be known of them, and the name of the stage. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A content-addressed store of what the expensive stages computed: one safetensors file an entry, named by the SHA-256
 * of its {@linkcode StageKey}. An entry appears whole or not at all and never changes then. Processes that are killed,
 * or that share a store at the same time on one machine or many, cannot spoil it: at worst two compute one entry, and
 * the first stays.
 */
export interface FeatureStore {
  /** What the user calls it: its folder, or `s3://bucket/prefix`. */
  readonly place: string;
  /** How many entries are best read at once. */
  readonly atOnce: number;
  /** Folder of this machine in which threads find the entries that were lent, and leave what they compute. */
  readonly dir: string;
  /** Whether the store holds the entry `key`, whole: its header is valid and its length is right. */
  has(key: StageKey): Promise<boolean>;
  /** The metadata of the entry `key`, or undefined where the store does not hold it whole. */
  metadata(key: StageKey): Promise<Readonly<Record<string, string>> | undefined>;
  /** The entry `key`, or undefined where the store does not hold it whole. */
  get(key: StageKey): Promise<StoreEntry | undefined>;
  /**
   * Writes the entry `key`, unless the store holds it already.
   *
   * @throws {StoreError} If the store cannot be written to.
   */
  put(key: StageKey, tensors: TensorMap, metadata?: Record<string, string>): Promise<void>;
  /** The file below `dir` of the entry `key`, which is there if it was lent. */
  path(key: StageKey): string;
  /**
   * Puts entries into `dir`, where they stay until this process ends.
   *
   * @throws {StoreError} If the store has lost one of them.
   */
  lend(keys: readonly StageKey[]): Promise<void>;
  /**
   * Puts the entries `reads` into `dir` while `work` goes on, and takes the entries `writes` that it left there into the
   * store.
   *
   * @throws {StoreError} If the store has lost one of `reads`.
   */
  exchange<T>(
    reads: readonly StageKey[],
    writes: readonly StageKey[],
    work: () => Promise<T>,
  ): Promise<T>;
}

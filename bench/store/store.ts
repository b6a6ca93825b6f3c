import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { encodeSafetensors, type TensorMap } from "../../src/numeric/safetensors.ts";
import { Random } from "../../src/numeric/random.ts";
import { FolderStore } from "../../src/pipeline/store/folder_store.ts";
import { entryPath, type StageKey } from "../../src/pipeline/store/stage_key.ts";
import { mapConcurrent } from "../../src/runtime/map_concurrent.ts";
import { median } from "../median.ts";

/** How {@linkcode benchStore} measures. */
export interface StoreBenchOptions {
  /** Folder in which the store is made, and removed at the end. */
  readonly dir: string;
  /** Entries that the store holds when it is measured, in growing numbers. Default: 1000 to 1 000 000. */
  readonly sizes?: readonly number[];
  /** How often each operation is measured. Default: 2000. */
  readonly times?: number;
}

/** Medians of one operation. */
export interface OperationCost {
  /** Time, in ms. */
  readonly ms: number;
  /** Processor time of all threads, the system's included, in ms: the mean. */
  readonly processorMs: number;
}

/** A store of one size. */
export interface StoreBenchRow {
  /** Entries that it holds. */
  readonly entries: number;
  /** Opening it. */
  readonly open: OperationCost;
  /** Asking whether it holds an entry that it holds. */
  readonly found: OperationCost;
  /** Asking whether it holds one that it lacks. */
  readonly missing: OperationCost;
  /** Reading an entry. */
  readonly read: OperationCost;
  /** Adding an entry, which is on the disk then. */
  readonly added: OperationCost;
  /** Memory of the process afterwards, in MB. */
  readonly memoryMb: number;
}

/** What every entry holds: statistics of a voice. */
const TENSORS: TensorMap = { statistics: { shape: [100], data: new Float32Array(100) } };

/** The key of an entry. */
function keyOf(i: number): StageKey {
  return { stage: "bench/1", clip: String(i), settings: {} };
}

/**
 * Fills a folder store with more and more entries and measures what it costs to open it, to look something up, to read
 * it and to add to it. What fills it is written as the store writes it, but for the wait for the disk.
 */
export async function benchStore(
  { dir, sizes = [1e3, 1e4, 1e5, 1e6], times = 2000 }: StoreBenchOptions,
): Promise<StoreBenchRow[]> {
  const random = new Random(1);
  const rows: StoreBenchRow[] = [];
  let filled = 0;
  let added = 0;
  try {
    for (const entries of sizes) {
      await fill(dir, filled, entries);
      filled = entries;
      const store = await FolderStore.open(dir);
      rows.push({
        entries,
        open: await costOf(Math.min(times, 50), () => FolderStore.open(dir)),
        found: await costOf(times, () => store.has(keyOf(random.int(entries)))),
        missing: await costOf(times, () => store.has(keyOf(-1 - random.int(entries)))),
        read: await costOf(times, () => store.get(keyOf(random.int(entries)))),
        added: await costOf(times, () => store.put(keyOf(1e9 + added++), TENSORS)),
        memoryMb: process.memoryUsage().rss / 1e6,
      });
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  return rows;
}

/** Writes the entries from one number to another. */
async function fill(dir: string, from: number, to: number): Promise<void> {
  const bytes = encodeSafetensors(TENSORS, { stage: "bench/1" });
  // Part after part: a list of all would be what takes the memory.
  for (let begin = from; begin < to; begin += 1000) {
    const part = Array.from({ length: Math.min(1000, to - begin) }, (_, i) => begin + i);
    await mapConcurrent(part, 8, async (i) => {
      const path = join(dir, entryPath(keyOf(i)));
      if (i < 10_000) await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    });
  }
}

async function costOf(times: number, work: () => Promise<unknown>): Promise<OperationCost> {
  const ms: number[] = [];
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    await work();
    ms.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  return { ms: median(ms), processorMs: (user + system) / 1000 / times };
}

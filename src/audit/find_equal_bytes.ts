import { stat } from "node:fs/promises";
import { sha256OfFile } from "../pipeline/extract/sha256_of_file.ts";
import type { PlacedFile } from "./place_files.ts";

/**
 * The groups of files that have the same bytes. Only files of equal sizes are read.
 *
 * @returns The groups of two files and more, each in the order of `placed`.
 *
 * @example
 * ```ts
 * import { findEqualBytes } from "./find_equal_bytes.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * const texts = { a: "one", b: "two", c: "one" };
 * for (const [file, text] of Object.entries(texts)) await Deno.writeTextFile(`${dir}/${file}`, text);
 * const files = Object.keys(texts).map((file) =>
 *   ({ file, path: `${dir}/${file}`, heard: true, side: "train" }));
 * const groups = await findEqualBytes(files);
 * assert.deepEqual(groups.map((group) => group.map(({ file }) => file)), [["a", "c"]]);
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function findEqualBytes(placed: readonly PlacedFile[]): Promise<PlacedFile[][]> {
  const groups: PlacedFile[][] = [];
  for (const [size, files] of await groupedBy(placed, sizeOf)) {
    // Empty files are all alike, and hold nothing that could be known.
    if (size === 0 || files.length < 2) continue;
    const same = await groupedBy(files, sha256OfFile);
    groups.push(...[...same.values()].filter(({ length }) => length > 1));
  }
  const order = new Map(placed.map((file, i) => [file, i]));
  return groups.sort(([a], [b]) => order.get(a)! - order.get(b)!);
}

/** The size of a file in bytes; 0 of one that cannot be read, which its decoding will say. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

async function groupedBy<K>(
  files: readonly PlacedFile[],
  keyOf: (path: string) => Promise<K>,
): Promise<Map<K, PlacedFile[]>> {
  const keys = new Map<PlacedFile, K>();
  for (const file of files) keys.set(file, await keyOf(file.path));
  return Map.groupBy(files, (file) => keys.get(file)!);
}

import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { digest, readSources } from "../tasks/shared/stamp.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** All that what is kept is made of: the program, and the tests' own helpers. */
const SOURCES = ["adapters", "models", "src", "tests"];
const FILES = ["deno.json", "deno.lock", "build/stamp.json"];

/** How long what no test has made anew is kept, in ms. */
const KEPT = 24 * 3600 * 1000;

let made: Promise<string> | undefined;

/**
 * The folder in which test files that run side by side, or one after another, find what one of them has
 * made. Its name is a digest of the sources: with other code it is another folder. Old ones are removed.
 */
export function cacheFolder(): Promise<string> {
  return made ??= makeFolder();
}

async function makeFolder(): Promise<string> {
  const texts = SOURCES.flatMap((folder) => [...readSources(join(ROOT, folder), ".ts")])
    .filter(([path]) => !path.endsWith("_test.ts"));
  for (const file of FILES) texts.push([file, await Deno.readTextFile(join(ROOT, file))]);
  const all = join(tmpdir(), "emofuse-tests");
  await Deno.mkdir(all, { recursive: true });
  const own = digest(JSON.stringify(texts.sort()));
  for await (const { name } of Deno.readDir(all)) {
    if (name === own) continue;
    const { mtime } = await Deno.stat(join(all, name)).catch(() => ({ mtime: null }));
    if (mtime !== null && Date.now() - mtime.getTime() > KEPT) {
      await Deno.remove(join(all, name), { recursive: true }).catch(() => {});
    }
  }
  await Deno.mkdir(join(all, own), { recursive: true });
  return join(all, own);
}

/**
 * What `make` gives, made once for all test files and runs of the same code.
 *
 * @param name Tells it from all else that is kept.
 * @param make Makes it: plain objects, arrays, maps and typed arrays.
 */
export async function cached<T>(name: string, make: () => Promise<T>): Promise<T> {
  return await once(name, async (path) => {
    await writeFileAtomically(path, serialize(await make()));
  }, async (path) => withOwnBuffers(deserialize(await Deno.readFile(path))) as T);
}

/**
 * A folder that `make` has filled, made once for all test files and runs of the same code. It must be left
 * as it is.
 *
 * @param name Tells it from all else that is kept.
 */
export async function cachedFolder(
  name: string,
  make: (dir: string) => Promise<unknown>,
): Promise<string> {
  return await once(name, async (path) => {
    const part = `${path}.part`;
    await Deno.remove(part, { recursive: true }).catch(() => {});
    await make(part);
    await Deno.rename(part, path);
  }, async (path) => (await Deno.stat(path), path));
}

/** Finds what is kept, or makes it; whoever comes second waits for the first. */
async function once<T>(
  name: string,
  make: (path: string) => Promise<void>,
  find: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(await cacheFolder(), digest(name));
  // It ends with its holder, even if that is killed.
  using lock = await Deno.open(`${path}.lock`, { create: true, write: true });
  await lock.lock(true);
  try {
    return await find(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await make(path);
  return await find(path);
}

/** Arrays come back as views of one buffer, of which none could be handed to a worker alone. */
function withOwnBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array || value instanceof Float32Array) return value.slice();
  if (value instanceof Map) {
    return new Map(value.entries().map(([key, item]) => [key, withOwnBuffers(item)]));
  }
  if (Array.isArray(value)) return value.map(withOwnBuffers);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withOwnBuffers(item)]),
  );
}

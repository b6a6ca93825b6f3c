import { mkdir, open, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../command.ts";
import { namingFlag, type PathFlag } from "../flags/naming_flag.ts";

/** Kinds of files that are written over where they are such, and their first bytes. */
const KINDS = {
  "a bundle": "\x89EMOFUSE",
  "a page": "<!doctype html>",
} as const;

/**
 * Learns before long work whether the file at `path` can be written after it.
 *
 * @param kind What a file that is there must be to be written over; default: anything.
 *
 * @throws {UsageError} If it cannot, is a folder, or a file of another kind; the message names the flag.
 */
export async function checkWritable(
  path: string,
  output: PathFlag,
  kind?: keyof typeof KINDS,
): Promise<void> {
  await probe(path, output);
  const there = await stat(path).catch(() => undefined);
  const named = `${output.flag} ${output.value}`;
  if (there?.isDirectory()) {
    throw new UsageError(`${named} is a folder; allowed: the path of a file`);
  }
  if (kind && there?.isFile() && there.size > 0 && !await beginsWith(path, KINDS[kind])) {
    throw new UsageError(
      `${named} is there already and is not ${kind}; allowed: a new file, or one of that kind`,
    );
  }
}

async function beginsWith(path: string, start: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer } = await file.read(new Uint8Array(start.length), 0, start.length, 0);
  return String.fromCharCode(...buffer).toLowerCase() === start.toLowerCase();
}

/**
 * Learns before long work whether files can be written into the folder at `path`, which is made where
 * there is none.
 *
 * @throws {UsageError} If they cannot; the message names the flag.
 */
export async function checkWritableFolder(path: string, output: PathFlag): Promise<void> {
  await namingFlag(output, "cannot be written", () => mkdir(path, { recursive: true }));
  await probe(join(path, "file"), output);
}

/** Writes and removes a file beside `path`. */
function probe(path: string, output: PathFlag): Promise<void> {
  const file = `${path}.${crypto.randomUUID()}.tmp`;
  return namingFlag(output, "cannot be written", async () => {
    await writeFile(file, "", { flag: "wx" });
    await rm(file);
  });
}

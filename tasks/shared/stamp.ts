import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { isMissing } from "../../src/runtime/files/file_problem.ts";
import { writeFileAtomically } from "../../src/runtime/write_file_atomically.ts";

/** A file that tells what others were made of, so that they are made again only when that changed. */
interface Stamp {
  /** Digest of everything that the outputs were made of. */
  readonly inputs: string;
  /** Digest of each output, by its name. */
  readonly outputs: Record<string, string>;
}

/** SHA-256 in hexadecimal digits. */
export function digest(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * Every file below `dir` whose name ends in `end`, as path (relative, with forward slashes) and text, but for
 * those of installed packages.
 */
export function readSources(
  dir: string,
  end: string,
  prefix = "",
  into = new Map<string, string>(),
): Map<string, string> {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    const path = prefix + entry.name;
    if (entry.isDirectory()) readSources(join(dir, entry.name), end, `${path}/`, into);
    else if (path.endsWith(end)) into.set(path, readFileSync(join(dir, entry.name), "utf8"));
  }
  return into;
}

/** Whether the stamp at `path` tells of these inputs, and its outputs are in `dir` as they were. */
export async function isFresh(path: string, inputs: string, dir: string): Promise<boolean> {
  try {
    const stamp: Stamp = JSON.parse(await readFile(path, "utf8"));
    if (stamp.inputs !== inputs) return false;
    for (const [name, expected] of Object.entries(stamp.outputs)) {
      if (digest(await readBytes(join(dir, name))) !== expected) return false;
    }
    return true;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Writes a stamp. It comes last, so that a build that is cut short is done again. */
export async function writeStamp(
  path: string,
  inputs: string,
  files: Iterable<readonly [string, Uint8Array]>,
): Promise<void> {
  const outputs: Record<string, string> = {};
  for (const [name, bytes] of files) outputs[name] = digest(bytes);
  const stamp: Stamp = { inputs, outputs };
  await writeFileAtomically(path, JSON.stringify(stamp, null, 2));
}

import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../command.ts";
import { namingFlag, type PathFlag } from "../flags/naming_flag.ts";

/**
 * Learns before long work whether the file at `path` can be written after it.
 *
 * @throws {UsageError} If it cannot, or is a folder; the message names the flag.
 */
export async function checkWritable(path: string, output: PathFlag): Promise<void> {
  await probe(path, output);
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(
      `${output.flag} ${output.value} is a folder; allowed: the path of a file`,
    );
  }
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

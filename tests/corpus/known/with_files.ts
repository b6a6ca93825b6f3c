import { dirname, join } from "node:path";

/** Calls `work` with a folder of empty files of these names. */
export async function withFiles(
  files: readonly string[],
  work: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    for (const file of files) {
      await Deno.mkdir(dirname(join(dir, file)), { recursive: true });
      await Deno.writeFile(join(dir, file), new Uint8Array());
    }
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

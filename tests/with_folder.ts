import { dirname, join } from "node:path";

/** Runs `work` with a folder of its own that is removed afterwards. */
export async function withFolder<T>(work: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
  try {
    return await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Runs `work` with a folder of these files: their contents by name, or names of empty files. */
export async function withFiles(
  files: readonly string[] | Readonly<Record<string, string | Uint8Array>>,
  work: (dir: string) => Promise<void>,
): Promise<void> {
  const contents: [string, string | Uint8Array][] = Array.isArray(files)
    ? files.map((file: string) => [file, ""])
    : Object.entries(files);
  await withFolder(async (dir) => {
    for (const [file, content] of contents) {
      const path = join(dir, file);
      await Deno.mkdir(dirname(path), { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(path, bytes);
    }
    await work(dir);
  });
}

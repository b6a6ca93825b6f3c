import { dirname, join } from "node:path";

/** Makes a folder of `files`, by their paths in it, gives it to `work` and removes it. */
export async function withFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [file, content] of Object.entries(files)) {
      const path = join(dir, file);
      await Deno.mkdir(dirname(path), { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(path, bytes);
    }
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

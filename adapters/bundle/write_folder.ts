import { dirname, join } from "node:path";

/**
 * Writes files into a new folder and puts it in the place of `folder`: nobody finds a folder that is half
 * written, or files of an earlier one among those of this.
 */
export async function writeFolder(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await Deno.mkdir(dirname(folder), { recursive: true });
  const made = await Deno.makeTempDir({ dir: dirname(folder), prefix: ".writing-" });
  try {
    for (const [name, bytes] of files) await Deno.writeFile(join(made, name), bytes);
    await Deno.chmod(made, 0o755);
    await Deno.remove(folder, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    await Deno.rename(made, folder);
  } catch (error) {
    await Deno.remove(made, { recursive: true }).catch(() => {});
    throw error;
  }
}

/**
 * Writes text that comes in parts to `path` under a temporary name beside it, then renames: whoever opens `path` sees
 * the old file or the whole new one.
 */
export async function writeTextAtomically(
  path: string,
  parts: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const bytes = ReadableStream.from(parts).pipeThrough(new TextEncoderStream());
    await Deno.writeFile(temporary, bytes, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

/**
 * Writes `bytes`, or parts one after the other, to `path` under a temporary name beside it, then renames: whoever opens `path` sees
 * the old file or the whole new one, even if this process is killed or another writes the same file.
 *
 * @throws {Deno.errors.NotFound} If the folder does not exist.
 * @throws {Deno.errors.PermissionDenied} If it cannot be written to.
 */
export async function writeFileAtomically(
  path: string,
  bytes: Uint8Array | readonly Uint8Array[] | string,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    using file = await Deno.open(temporary, { write: true, createNew: true });
    const whole = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    for (let rest of whole instanceof Uint8Array ? [whole] : whole) {
      while (rest.length > 0) rest = rest.subarray(await file.write(rest));
    }
    // Without it a power cut can leave the new name on an empty file.
    await file.syncData();
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

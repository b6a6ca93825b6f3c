import { readFile } from "node:fs/promises";

/**
 * A whole file, as an array of its own: where Node gives part of a larger buffer, its `buffer` would hold more than the
 * file, and at an odd place.
 *
 * @throws What the system says, if it cannot be read.
 */
export async function readBytes(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return byteOffset === 0 && byteLength === buffer.byteLength
    ? new Uint8Array(buffer as ArrayBuffer)
    : new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();
}

import { open } from "node:fs/promises";
import type { ByteSource } from "./byte_source.ts";

/** The bytes of a file on disk. */
export async function openFile(path: string, name: string): Promise<ByteSource> {
  const file = await open(path);
  const { size } = await file.stat();
  return {
    name,
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(
          bytes,
          filled,
          bytes.length - filled,
          offset + filled,
        );
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => file.close(),
  };
}

import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Places that no file is read into just now: a new one a file would be most of the garbage of a run over many clips. */
const free: Uint8Array[] = [];

/** SHA-256 of a file's bytes, in hexadecimal; the file is read piece by piece. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const place = free.pop() ?? new Uint8Array(2 ** 16);
  try {
    await using file = await open(path);
    for (;;) {
      const { bytesRead } = await file.read(place);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(place.subarray(0, bytesRead));
    }
  } finally {
    free.push(place);
  }
}

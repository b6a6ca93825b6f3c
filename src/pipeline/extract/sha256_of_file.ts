import { createHash } from "node:crypto";

/** Places that no file is read into just now: a new one a file would be most of the garbage of a run over many clips. */
const free: Uint8Array[] = [];

/** SHA-256 of a file's bytes, in hexadecimal; the file is read piece by piece. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const place = free.pop() ?? new Uint8Array(2 ** 16);
  try {
    using file = await Deno.open(path);
    for (let read; (read = await file.read(place)) !== null;) hash.update(place.subarray(0, read));
    return hash.digest("hex");
  } finally {
    free.push(place);
  }
}

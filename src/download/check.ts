import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { hashOfFile } from "../runtime/file_hash.ts";
import { crc32OfFile } from "./crc32.ts";

/** How files are checked: by an archive's CRC-32, by a hash, or by the SHA-1 by which Git names a blob. */
export type CheckAlgorithm = "crc32" | "md5" | "sha256" | "git";

/** What a file must be: the algorithm, a colon, and lower-case hexadecimal digits. */
export type Check = `${CheckAlgorithm}:${string}`;

/** The SHA-1 by which Git names a blob of these bytes. */
export function gitNameOf(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The check that a file passes. */
export async function checkOfFile(path: string, algorithm: CheckAlgorithm): Promise<Check> {
  return `${algorithm}:${await digestOf(path, algorithm)}`;
}

async function digestOf(path: string, algorithm: CheckAlgorithm): Promise<string> {
  if (algorithm === "md5" || algorithm === "sha256") return await hashOfFile(path, algorithm);
  if (algorithm === "crc32") return await crc32OfFile(path);
  const digest = createHash("sha1").update(`blob ${(await stat(path)).size}\0`);
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  return digest.digest("hex");
}

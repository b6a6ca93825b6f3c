import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** A hash that a file must have. */
export interface ExpectedHash {
  /** How it is computed. */
  readonly algorithm: "sha256" | "md5";
  /** The hash in hexadecimal. */
  readonly hex: string;
}

/** The algorithms' names, for people. */
export const HASH_NAMES: Readonly<Record<ExpectedHash["algorithm"], string>> = {
  sha256: "SHA-256",
  md5: "MD5",
};

/** The hash of a file, in hexadecimal. */
export async function hashOfFile(
  path: string,
  algorithm: ExpectedHash["algorithm"],
): Promise<string> {
  const digest = createHash(algorithm);
  for await (const chunk of createReadStream(path)) digest.update(chunk);
  return digest.digest("hex");
}

/**
 * The SHA-256 of some bytes in lower-case hexadecimal, by the Web Crypto API that every fetch-style
 * runtime has. Several parts give the hash of their concatenation.
 *
 * @example
 * ```ts
 * import { sha256Hex } from "./sha256.ts";
 * import assert from "node:assert/strict";
 *
 * const text = new TextEncoder();
 * assert.equal((await sha256Hex(text.encode("abc"))).slice(0, 8), "ba7816bf");
 * assert.equal(
 *   await sha256Hex(text.encode("a"), text.encode("bc")),
 *   await sha256Hex(text.encode("abc")),
 * );
 * ```
 */
export async function sha256Hex(...parts: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    parts.length === 1 ? parts[0] : concat(parts),
  );
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

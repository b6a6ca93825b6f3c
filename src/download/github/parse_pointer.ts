import { gitNameOf } from "../check.ts";

/** A file that Git LFS keeps. */
export interface LfsObject {
  /** Its SHA-256 in hexadecimal, by which it is called. */
  readonly oid: string;
  /** Its size. */
  readonly size: number;
}

/** No pointer is longer (Git LFS, docs/spec.md). */
export const LONGEST_POINTER = 1024;

/**
 * Reads the pointer that stands in Git for a file that Git LFS keeps (git-lfs/git-lfs, docs/spec.md, "The Pointer").
 *
 * @returns Undefined where it is none, but a file of its own.
 *
 * @example
 * ```ts
 * import { parsePointer } from "./parse_pointer.ts";
 * import assert from "node:assert/strict";
 *
 * const oid = "18b0f01617f370a033aa080d4fcb3761c8c85bd41aa214d5e14fd4c653dd6879";
 * const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 73567\n`;
 * assert.deepEqual(parsePointer(new TextEncoder().encode(text)), { oid, size: 73567 });
 * assert.equal(parsePointer(new TextEncoder().encode("ID3")), undefined);
 * ```
 */
export function parsePointer(bytes: Uint8Array): LfsObject | undefined {
  if (bytes.length > LONGEST_POINTER) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith("version https://git-lfs.github.com/spec/")) return undefined;
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  return oid && size ? { oid, size: Number(size) } : undefined;
}

/**
 * The SHA-1 by which Git names the pointer of a file, as Git LFS writes it.
 *
 * @example
 * ```ts
 * import { pointerName } from "./parse_pointer.ts";
 * import assert from "node:assert/strict";
 *
 * const oid = "18b0f01617f370a033aa080d4fcb3761c8c85bd41aa214d5e14fd4c653dd6879";
 * assert.match(pointerName({ oid, size: 73567 }), /^[0-9a-f]{40}$/);
 * ```
 */
export function pointerName({ oid, size }: LfsObject): string {
  const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`;
  return gitNameOf(new TextEncoder().encode(text));
}

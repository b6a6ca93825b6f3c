import type * as files from "node:fs/promises";
import { builtinModule } from "./builtin_module.ts";

/**
 * The bytes at an address: of the Web, or of a file, which Node's `fetch` does not read.
 *
 * @throws {Error} If nothing can be read there; the message names the address, `cause` is what the system said.
 *
 * @example
 * ```ts
 * import { fetchBytes } from "./fetch_bytes.ts";
 * import assert from "node:assert/strict";
 *
 * assert((await fetchBytes(new URL("./fetch_bytes.ts", import.meta.url))).length > 0);
 * ```
 */
export async function fetchBytes(address: URL | string): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    const file = String(address).startsWith("file:")
      ? builtinModule<typeof files>("node:fs/promises")
      : undefined;
    if (file) return new Uint8Array(await file.readFile(new URL(address)));
    response = await fetch(address);
  } catch (cause) {
    throw new Error(`cannot read ${address}`, { cause });
  }
  if (!response.ok) throw new Error(`cannot read ${address}: it answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

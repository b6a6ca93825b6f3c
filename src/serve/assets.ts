/** A file that is served as it is. */
export interface Asset {
  /** The content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its media type. */
  readonly type: string;
}

/**
 * Files by their path on the server, as in `/page.css`. All there is: nothing that a client asks for is
 * ever looked for on a disk.
 */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  emofuse: "application/octet-stream",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};

/**
 * The media type of a file, by the end of its name.
 *
 * @example
 * ```ts
 * import { assetType } from "./assets.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(assetType("page.js"), "text/javascript; charset=utf-8");
 * assert.equal(assetType("LICENSE"), "application/octet-stream");
 * ```
 */
export function assetType(name: string): string {
  return TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
}

import { sha256Hex } from "../../models/sha256.ts";

/** A file that is served as it is. */
export interface Asset {
  /** The content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its media type. */
  readonly type: string;
  /**
   * What tells this content from any other, in quotes: who has it already is not sent it again.
   *
   * @default {it is sent every time}
   */
  readonly etag?: string;
  /**
   * Further headers.
   *
   * @default {none}
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A file as it is served: of the type that its name ends in, and told from others by the SHA-256 of what is in it and
 * of its headers, if it has some.
 */
export async function makeAsset(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Asset["headers"] = {},
): Promise<Asset> {
  const heads = Object.entries(headers).flat().map((text) => new TextEncoder().encode(text));
  return {
    bytes,
    type: assetType(name),
    etag: `"${await sha256Hex(bytes, ...heads)}"`,
    ...(heads.length > 0 && { headers }),
  };
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
  txt: "text/plain; charset=utf-8",
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

/** How much of a file is handed out at once, in bytes. */
const PIECE = 65536;

/**
 * A file as a response, handed out piece by piece as the client takes it: however many take it slowly, it
 * is in memory once. Who names its digest in `if-none-match` gets 304 instead.
 */
export function assetResponse(
  { bytes, type, etag, headers: own }: Asset,
  { headers }: Request,
): Response {
  const cacheHeaders = {
    ...own,
    // The page is made anew by each build, under the same names.
    "cache-control": "no-cache",
    ...(etag === undefined ? {} : { etag }),
  };
  if (etag !== undefined && headers.get("if-none-match")?.includes(etag)) {
    return new Response(null, { status: 304, headers: cacheHeaders });
  }
  let at = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at += PIECE));
      if (at >= bytes.length) controller.close();
    },
  }, { highWaterMark: 0 });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-length": `${bytes.length}`,
      ...cacheHeaders,
      // What the page may load it says itself; that nobody may frame it cannot be said there.
      ...policyOf(type),
    },
  });
}

/** What a file may do that a browser runs: a worker has the policy that its script comes with, not its page's. */
function policyOf(type: string): Readonly<Record<string, string>> {
  const policy = type.startsWith("text/html")
    ? "frame-ancestors 'none'"
    : type.startsWith("text/javascript")
    ? "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    : undefined;
  return policy === undefined ? {} : { "content-security-policy": policy };
}

import { createReadStream } from "node:fs";
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { isMissing } from "./files/file_problem.ts";
import { createHash } from "node:crypto";
import { describeFailure } from "./describe_failure.ts";

/** A hash that a file must have. */
export interface ExpectedHash {
  /** How it is computed. */
  readonly algorithm: "sha256" | "md5";
  /** The hash in hexadecimal. */
  readonly hex: string;
}

/** Settings of {@linkcode download}. */
export interface DownloadOptions {
  /**
   * What the whole file must hash to.
   *
   * @default {not checked}
   */
  readonly hash?: ExpectedHash;
  /**
   * Is told how many bytes are there, and how many there will be where the server says so.
   *
   * @default {nobody is told}
   */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** Thrown when a file cannot be downloaded; the message names the address and says what to do. */
export class DownloadError extends Error {
  /** The error's class name. */
  override readonly name = "DownloadError";
}

/** The algorithms' names, for people. */
const NAMES = { sha256: "SHA-256", md5: "MD5" };

/** What a part on disk is a part of. */
interface PartInfo {
  readonly url: string;
  /** The server's word for this version of the file. */
  readonly validator: string;
}

/**
 * Downloads `url` to `path`. Until it is complete the bytes lie in `path.part`: a download that was cut
 * off goes on from there (HTTP `Range` with `If-Range`, RFC 9110, sections 13.1.5 and 14.2), if the
 * server can do that and still has the same version; otherwise it starts anew. `path` appears when all
 * bytes are there and the hash is right.
 *
 * @throws {DownloadError} If the server refuses, the connection ends early or the hash is another.
 */
export async function download(
  url: string,
  path: string,
  { hash, onProgress }: DownloadOptions = {},
): Promise<void> {
  const part = `${path}.part`;
  const info = `${part}.json`;
  const begun = await resumable(part, info, url);
  let response: Response;
  try {
    response = await fetch(url, {
      headers: {
        // A range counts encoded bytes: the file is wanted as it is.
        "accept-encoding": "identity",
        ...(begun && { "range": `bytes=${begun.length}-`, "if-range": begun.validator }),
      },
    });
  } catch (cause) {
    throw new DownloadError(`cannot reach ${url}: ${describeFailure(cause)}`, { cause });
  }
  const resumes = begun !== undefined && response.status === 206 &&
    response.headers.get("content-range")?.startsWith(`bytes ${begun.length}-`);
  if (!resumes && response.status !== 200) {
    await response.body?.cancel();
    // The part is of no use to a server that will not give the rest of it.
    if (begun && (response.status === 206 || response.status === 416)) {
      await discard(part, info);
      return await download(url, path, { hash, onProgress });
    }
    throw new DownloadError(`${url} answered ${response.status} ${response.statusText}`.trim());
  }
  if (!resumes) {
    await discard(part, info);
    const validator = strongValidator(response.headers);
    // Without one nothing tells a later version of the file from this one.
    if (validator && !response.headers.has("content-encoding")) {
      await writeFile(info, JSON.stringify({ url, validator }));
    }
  }
  const start = resumes ? begun.length : 0;
  const rest = response.headers.get("content-length");
  const encoded = response.headers.has("content-encoding");
  const total = rest === null || encoded ? undefined : start + Number(rest);
  const length = await append(part, response, start, { total, onProgress, url });
  if (total !== undefined && length !== total) {
    throw new DownloadError(
      `${url} ended after ${length} of ${total} bytes: run it again, it goes on from there`,
    );
  }
  await checkHash(part, info, url, hash);
  await rename(part, path);
  await rm(info).catch(() => {});
}

/** Appends the body to the part, and gives the part's length. */
async function append(
  part: string,
  response: Response,
  start: number,
  { total, onProgress, url }: {
    total: number | undefined;
    onProgress: DownloadOptions["onProgress"];
    url: string;
  },
): Promise<number> {
  await using file = await open(part, "a");
  let length = start;
  onProgress?.(length, total);
  const chunks = (response.body ?? new ReadableStream({ start: (c) => c.close() })).getReader();
  while (true) {
    let chunk;
    try {
      chunk = await chunks.read();
    } catch (cause) {
      throw new DownloadError(
        `${url} broke off after ${length} bytes (${describeFailure(cause)}): ` +
          "run it again, it goes on from there if the server allows it",
        { cause },
      );
    }
    if (chunk.done) break;
    await file.writeFile(chunk.value);
    length += chunk.value.length;
    onProgress?.(length, total);
  }
  await file.datasync();
  return length;
}

async function checkHash(
  part: string,
  info: string,
  url: string,
  hash: ExpectedHash | undefined,
): Promise<void> {
  if (hash === undefined) return;
  const digest = createHash(hash.algorithm);
  for await (const chunk of createReadStream(part)) digest.update(chunk);
  const got = digest.digest("hex");
  if (got === hash.hex.toLowerCase()) return;
  await discard(part, info);
  throw new DownloadError(
    `${url} has the ${NAMES[hash.algorithm]} ${got}, expected ${hash.hex}: ` +
      "it is another file or was damaged on the way; it was deleted",
  );
}

/** Length and version of an earlier part of the same file, if it can be continued. */
async function resumable(
  part: string,
  info: string,
  url: string,
): Promise<{ length: number; validator: string } | undefined> {
  try {
    const { size } = await stat(part);
    const known: PartInfo = JSON.parse(await readFile(info, "utf8"));
    return size > 0 && known.url === url ? { length: size, validator: known.validator } : undefined;
  } catch (error) {
    // A note that a power cut left half written tells as little as none.
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What may stand in `If-Range`: a strong ETag, or else the date of the last change. */
function strongValidator(headers: Headers): string | undefined {
  const etag = headers.get("etag");
  if (etag !== null && !etag.startsWith("W/")) return etag;
  return headers.get("last-modified") ?? undefined;
}

async function discard(...files: string[]): Promise<void> {
  for (const file of files) {
    await rm(file).catch((error) => {
      if (!isMissing(error)) throw error;
    });
  }
}

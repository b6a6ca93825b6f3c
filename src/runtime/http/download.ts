import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { isMissing } from "../files/file_problem.ts";
import { type ExpectedHash, HASH_NAMES, hashOfFile } from "../file_hash.ts";
import { DownloadError, PassingFailure } from "./download_error.ts";
import { type Body, openBody } from "./open_body.ts";
import { Attempts, type Patience, STALL_SECONDS } from "./patience.ts";
import { strongValidator } from "./strong_validator.ts";

/** Settings of {@linkcode download}. */
export interface DownloadOptions {
  /**
   * What the whole file must hash to.
   *
   * @default {not checked}
   */
  readonly hash?: ExpectedHash;
  /**
   * How many bytes the file must have.
   *
   * @default {as many as the server says}
   */
  readonly size?: number;
  /**
   * Headers of the requests, beside those that ask for the rest of a file.
   *
   * @default {none}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How often the server is asked, and how long it is waited for.
   *
   * @default {once, and a minute without a byte}
   */
  readonly patience?: Patience;
  /**
   * Is told how many bytes are there, and how many there will be where the server says so.
   *
   * @default {nobody is told}
   */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

/** What a part on disk is a part of. */
interface PartInfo {
  readonly url: string;
  /** The server's word for this version of the file, where it has one. */
  readonly validator?: string;
  /** The hash that the whole file must have, where it is known. */
  readonly hash?: string;
}

/** A part that can be continued. */
interface Begun {
  readonly length: number;
  readonly validator?: string;
}

const AGAIN = "run it again, it goes on from there";

/** More often than this no file changes while it is downloaded. */
const MOST_RESTARTS = 3;

/**
 * Downloads `url` to `path`. Until it is complete the bytes lie in `path.part`: a download that was cut
 * off goes on from there (HTTP `Range` with `If-Range`, RFC 9110, sections 13.1.5 and 14.2), if the
 * server can do that and still has the same version; otherwise it starts anew. `path` appears when all
 * bytes are there and the hash is right.
 *
 * @throws {DownloadError} If the server refuses, the connection ends early, or size or hash are others.
 */
export async function download(
  url: string,
  path: string,
  options: DownloadOptions = {},
): Promise<void> {
  const attempts = new Attempts(options.patience);
  const part = new Part(url, path, options);
  for (let restarts = 0; restarts <= MOST_RESTARTS;) {
    try {
      const begun = await part.begun();
      const isWhole = options.size !== undefined && begun?.length === options.size;
      if (!isWhole && !await fetchRest(part, begun, attempts)) {
        restarts++;
        continue;
      }
      const wrong = await part.wrongHash();
      if (wrong === undefined) return await part.finish();
      await part.discard();
      // What was pieced together may have been damaged before, or be of two versions.
      if (begun && restarts++ === 0) continue;
      throw new DownloadError(wrong);
    } catch (failure) {
      await attempts.pause(failure);
    }
  }
  throw new DownloadError(`${url} is another file at every request: try again later`);
}

/** Fetches what is missing; false where the part turned out to be of no use. */
async function fetchRest(
  part: Part,
  begun: Begun | undefined,
  attempts: Attempts,
): Promise<boolean> {
  const { url, options } = part;
  const body = await openBody(url, {
    headers: {
      ...options.headers,
      // A range counts encoded bytes: the file is wanted as it is.
      "accept-encoding": "identity",
      ...(begun && { "range": `bytes=${begun.length}-` }),
      ...(begun?.validator && { "if-range": begun.validator }),
    },
  }, options.patience?.stallSeconds ?? STALL_SECONDS);
  try {
    const resumes = begun !== undefined && continues(body, begun);
    if (!resumes && body.status !== 200) {
      // The part is of no use to a server that will not give the rest of it.
      if (begun && (body.status === 206 || body.status === 416)) {
        await part.discard();
        return false;
      }
      throw new DownloadError(`${url} answered ${body.status} ${body.statusText}`.trim());
    }
    if (!resumes) await part.begin(body.headers);
    const start = resumes ? begun.length : 0;
    const total = totalOf(body, start);
    const { size = total } = options;
    if (total !== undefined && total !== size) {
      await part.discard();
      throw new DownloadError(
        `${url} is said to have ${size} bytes, and the server sends ${total}`,
      );
    }
    const length = await append(part, body, { start, size, attempts });
    if (size !== undefined && length < size) {
      throw new PassingFailure(`${url} ended after ${length} of ${size} bytes: ${AGAIN}`);
    }
    return true;
  } finally {
    await body.close();
  }
}

/** Whether an answer is the rest of what there is. */
function continues({ status, headers }: Body, { length, validator }: Begun): boolean {
  const etag = headers.get("etag");
  // A server that does not know If-Range may send the rest of another version.
  const isOther = etag !== null && validator?.startsWith('"') && etag !== validator;
  return status === 206 && !isOther &&
    headers.get("content-range")?.startsWith(`bytes ${length}-`) === true;
}

function totalOf({ headers }: Body, start: number): number | undefined {
  const rest = headers.get("content-length");
  return rest === null || headers.has("content-encoding") ? undefined : start + Number(rest);
}

/** Appends the body to the part, and gives the part's length. */
async function append(
  { url, path, file: partial, options: { onProgress } }: Part,
  body: Body,
  { start, size, attempts }: { start: number; size: number | undefined; attempts: Attempts },
): Promise<number> {
  let length = start;
  onProgress?.(length, size);
  const file = await open(partial, "a");
  try {
    for (;;) {
      let chunk: Uint8Array | undefined;
      try {
        chunk = await body.read();
      } catch (failure) {
        if (!(failure instanceof PassingFailure)) throw failure;
        const why = failure.cause === undefined ? failure.message : messageOf(failure.cause);
        throw new PassingFailure(
          `${url} broke off after ${length} bytes (${why}): ${AGAIN} if the server allows it`,
          { cause: failure },
        );
      }
      if (chunk === undefined) break;
      length += chunk.length;
      if (size !== undefined && length > size) {
        await body.close();
        throw new DownloadError(
          `${url} sends more than its ${size} bytes; ${path} was not written`,
        );
      }
      await file.writeFile(chunk);
      attempts.progressed();
      onProgress?.(length, size);
    }
    await file.sync();
    return length;
  } finally {
    await file.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What there is of a file, and the note on what it is a part of. */
class Part {
  readonly file: string;
  readonly #note: string;

  constructor(
    readonly url: string,
    readonly path: string,
    readonly options: DownloadOptions,
  ) {
    this.file = `${path}.part`;
    this.#note = `${path}.part.json`;
  }

  /** Length and version of an earlier part of the same file, if it can be continued. */
  async begun(): Promise<Begun | undefined> {
    const { hash, size = Infinity } = this.options;
    try {
      const { size: length } = await stat(this.file);
      const known: PartInfo = JSON.parse(await readFile(this.#note, "utf8"));
      if (length === 0 || length > size) return undefined;
      // The whole file's hash tells a later version from this one, too, and under any address.
      const isHashed = hash !== undefined && known.hash === hash.hex;
      const validator = known.url === this.url ? known.validator : undefined;
      return isHashed || validator !== undefined ? { length, validator } : undefined;
    } catch (error) {
      // A note that a power cut left half written tells as little as none.
      if (isMissing(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** Begins anew with an answer of these headers. */
  async begin(headers: Headers): Promise<void> {
    await this.discard();
    const validator = strongValidator(headers);
    const hash = this.options.hash?.hex;
    // Without one of them nothing tells a later version of the file from this one.
    if ((validator ?? hash) === undefined || headers.has("content-encoding")) return;
    const note: PartInfo = { url: this.url, validator, hash };
    await writeFile(this.#note, JSON.stringify(note));
  }

  /** What is wrong with the whole file's hash. */
  async wrongHash(): Promise<string | undefined> {
    const { hash } = this.options;
    if (hash === undefined) return undefined;
    const got = await hashOfFile(this.file, hash.algorithm);
    if (got === hash.hex.toLowerCase()) return undefined;
    return `${this.url} has the ${HASH_NAMES[hash.algorithm]} ${got}, expected ${hash.hex}: ` +
      "it is another file or was damaged on the way; it was deleted";
  }

  /** Gives the whole file its name. */
  async finish(): Promise<void> {
    await rename(this.file, this.path);
    await rm(this.#note, { force: true });
  }

  async discard(): Promise<void> {
    await rm(this.file, { force: true });
    await rm(this.#note, { force: true });
  }
}

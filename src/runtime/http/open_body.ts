import { describeFailure } from "../describe_failure.ts";
import { DownloadError, PassingFailure } from "./download_error.ts";
import { isDowngraded } from "./is_downgraded.ts";
import { isExhausted, waitAsked } from "./wait_asked.ts";

/** An answer whose body is read piece by piece. */
export interface Body {
  /** Its status: any but those that mean that it may go better another time. */
  readonly status: number;
  /** What the server calls the status. */
  readonly statusText: string;
  /** Its headers. */
  readonly headers: Headers;
  /**
   * The next bytes, or undefined at the end.
   *
   * @throws {PassingFailure} If the connection breaks or nothing comes.
   */
  read(): Promise<Uint8Array | undefined>;
  /** Ends the request. To end it twice is allowed. */
  close(): Promise<void>;
}

/** Answers that mean: not now. */
const BUSY: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Asks once, and gives up when nothing comes for a while: neither an answer nor, later, the next bytes.
 *
 * @throws {PassingFailure} If the server cannot be reached, is silent or busy.
 * @throws {DownloadError} If an encrypted address sends on to one that is not.
 */
export async function openBody(
  url: string,
  init: RequestInit,
  stallSeconds: number,
): Promise<Body> {
  const abort = new AbortController();
  /** What `work` gives, unless the server is silent for too long meanwhile. */
  async function inTime<T>(work: Promise<T>, describe: (cause: unknown) => string): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The abortion of a request does not always reach a body that is being read: nobody waits for it.
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new PassingFailure(`${url} sent nothing for ${stallSeconds} s`));
        abort.abort();
      }, 1000 * stallSeconds);
    });
    try {
      return await Promise.race([work, silence]);
    } catch (cause) {
      if (cause instanceof PassingFailure) throw cause;
      throw new PassingFailure(describe(cause), { cause });
    } finally {
      clearTimeout(timer);
    }
  }
  const response = await inTime(
    fetch(url, { ...init, signal: abort.signal }),
    (cause) => `cannot reach ${url}: ${reasonOf(cause)}`,
  );
  const { status, statusText, headers } = response;
  const reader = response.body?.getReader();
  const close = async () => {
    // A body that has failed already says so again here, and nobody needs to hear it.
    await reader?.cancel().catch(() => {});
    abort.abort();
  };
  if (isDowngraded(url, response.url)) {
    await close();
    throw new DownloadError(`${url} sends on to ${response.url}, which is not encrypted`);
  }
  if (BUSY.has(status) || (status === 403 && isExhausted(headers))) {
    await close();
    throw new PassingFailure(`${url} answered ${status} ${statusText}`.trim(), {
      afterSeconds: waitAsked(headers),
    });
  }
  let length = 0;
  const read = async () => {
    if (!reader) return undefined;
    const { value } = await inTime(
      reader.read(),
      (cause) => `${url} broke off after ${length} bytes (${reasonOf(cause)})`,
    );
    length += value?.length ?? 0;
    return value;
  };
  return { status, statusText, headers, read, close };
}

/** Why `fetch` failed: Node says only in the cause what it was. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.message === "fetch failed" ? error.cause : error;
  const { code } = (cause ?? {}) as { readonly code?: string };
  return describeFailure(cause) || (code ?? "the connection failed");
}

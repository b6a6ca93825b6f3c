import { DownloadError } from "./download_error.ts";
import { openBody } from "./open_body.ts";
import { Attempts, type Patience, STALL_SECONDS } from "./patience.ts";

/** What is asked, and how much the answer may be. */
export interface SmallRequest extends Pick<RequestInit, "method" | "headers" | "body"> {
  /** The most bytes that are taken. */
  readonly limit: number;
  /** How long the server is waited for. Default: as {@linkcode Patience} says. */
  readonly patience?: Patience;
}

/** A whole answer. */
export interface SmallAnswer {
  /** Its status. */
  readonly status: number;
  /** What the server calls the status. */
  readonly statusText: string;
  /** Its body. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Fetches something that fits into memory. An answer of any status is an answer, but for those of a busy
 * server, which is asked again.
 *
 * @throws {DownloadError} If the server cannot be reached, stays busy or sends more than is taken.
 */
export async function fetchSmall(
  url: string,
  { limit, patience = {}, ...init }: SmallRequest,
): Promise<SmallAnswer> {
  const attempts = new Attempts(patience);
  for (;;) {
    try {
      const body = await openBody(url, init, patience.stallSeconds ?? STALL_SECONDS);
      const parts: Uint8Array[] = [];
      let length = 0;
      for (let part = await body.read(); part; part = await body.read()) {
        parts.push(part);
        length += part.length;
        if (length <= limit) continue;
        await body.close();
        throw new DownloadError(`${url} sends more than the ${limit} bytes that it should have`);
      }
      const bytes = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
      }
      return { status: body.status, statusText: body.statusText, bytes };
    } catch (failure) {
      await attempts.pause(failure);
    }
  }
}

/** The error that an answer of a wrong status is, with what the server says in it where it says something. */
export function refusal(url: string, { status, statusText, bytes }: SmallAnswer): DownloadError {
  let said = "";
  try {
    const { message } = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof message === "string") said = `: ${message.split("\n")[0].slice(0, 300)}`;
  } catch {
    // A page for people, which no error can hold.
  }
  return new DownloadError(`${`${url} answered ${status} ${statusText}`.trim()}${said}`);
}

/**
 * Fetches JSON.
 *
 * @throws {DownloadError} If that fails as with {@linkcode fetchSmall}, the answer is a refusal or no JSON.
 */
export async function fetchJson(url: string, request: SmallRequest): Promise<unknown> {
  const answer = await fetchSmall(url, request);
  if (answer.status !== 200) throw refusal(url, answer);
  try {
    return JSON.parse(new TextDecoder().decode(answer.bytes));
  } catch (cause) {
    throw new DownloadError(`${url} sent no JSON`, { cause });
  }
}

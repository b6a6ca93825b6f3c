import { DownloadError, PassingFailure } from "../../runtime/http/download_error.ts";
import { type Body, openBody } from "../../runtime/http/open_body.ts";
import { Attempts, type Patience, STALL_SECONDS } from "../../runtime/http/patience.ts";
import { strongValidator } from "../../runtime/http/strong_validator.ts";
import type { ByteSource, Span } from "./byte_source.ts";

/** A server that sends whole files alone. */
export class NoRanges extends DownloadError {
  /** The error's class name. */
  override readonly name: string = "NoRanges";
}

/** Settings of {@linkcode RangeSource}. */
export interface RangeSourceOptions {
  /** How often the server is asked, and how long it is waited for. Default: as {@linkcode Patience} says. */
  readonly patience?: Patience;
}

/**
 * Bytes at the end that are fetched at once: the end of a zip with its longest comment, and in most archives the
 * whole directory before it.
 */
const TAIL = 1 << 17;

/** A gap of fewer bytes is read over: another request takes longer. */
export const READ_OVER = 1 << 18;

/**
 * A file on a server, of which parts are read by HTTP ranges (RFC 9110, section 14). Where reading goes on from
 * where it was, the same answer is read on; where the connection breaks, the rest is asked for anew, if the file
 * is still the same.
 */
export class RangeSource implements ByteSource {
  readonly #patience: Patience;
  /** Is told how many bytes came. */
  onBytes: (count: number) => void = () => {};
  #spans: readonly Span[] = [];
  #tail: Uint8Array | undefined;
  #validator: string | undefined;
  #body: Body | undefined;
  /** The byte that `#rest`, and then the body, begin with. */
  #at = 0;
  #rest: Uint8Array = new Uint8Array();
  /** The byte before which the body ends. */
  #until = 0;

  /** The file at `url` of `size` bytes, called `name` in errors. */
  constructor(
    readonly name: string,
    readonly url: string,
    readonly size: number,
    { patience = {} }: RangeSourceOptions = {},
  ) {
    this.#patience = patience;
  }

  /** Says which parts will be read from beginning to end. */
  expect(spans: readonly Span[]): void {
    this.#spans = spans;
  }

  /**
   * Reads a part.
   *
   * @throws {NoRanges} If the server sends the whole file instead.
   * @throws {DownloadError} If it refuses, stays silent, or the file has changed.
   */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    const tailStart = Math.max(0, this.size - TAIL);
    const isExpected = this.#spans.some((span) => span.start <= offset && offset < span.end);
    if (offset < tailStart || isExpected) return await this.#take(offset, end);
    this.#tail ??= await this.#take(tailStart, this.size);
    return this.#tail.subarray(offset - tailStart, end - tailStart);
  }

  /** Ends the request under way. */
  async close(): Promise<void> {
    await this.#body?.close();
    this.#body = undefined;
    this.#rest = new Uint8Array();
  }

  /** The bytes from `start` to `end`, off the answer that is under way if it leads there. */
  async #take(start: number, end: number): Promise<Uint8Array> {
    const gap = start - this.#at;
    if (gap < 0 || gap > READ_OVER || start >= this.#until) await this.close();
    if (this.#body === undefined) this.#at = start;
    const until = Math.max(
      end,
      this.#spans.find((s) => s.start <= start && start < s.end)?.end ?? 0,
    );
    const bytes = new Uint8Array(Math.max(0, end - start));
    const attempts = new Attempts(this.#patience);
    while (this.#at < end) {
      // What is read may reach beyond what was asked for at once.
      if (this.#rest.length === 0 && this.#at >= this.#until) await this.close();
      try {
        if (this.#rest.length === 0) await this.#receive(Math.min(until, this.size));
        attempts.progressed();
      } catch (failure) {
        await this.close();
        await attempts.pause(failure);
        continue;
      }
      const part = this.#rest.subarray(0, end - this.#at);
      const skipped = Math.max(0, start - this.#at);
      if (skipped < part.length) bytes.set(part.subarray(skipped), this.#at + skipped - start);
      this.#at += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return bytes;
  }

  /** Puts the next bytes into `#rest`. */
  async #receive(until: number): Promise<void> {
    this.#body ??= await this.#open(until);
    const chunk = await this.#body.read();
    if (chunk === undefined) {
      throw new PassingFailure(`${this.url} ended at ${this.#at} of ${until} bytes`);
    }
    this.#rest = chunk;
    this.onBytes(chunk.length);
  }

  async #open(until: number): Promise<Body> {
    const { url, size } = this;
    const body = await openBody(url, {
      headers: {
        "accept-encoding": "identity",
        "range": `bytes=${this.#at}-${until - 1}`,
        ...(this.#validator && { "if-range": this.#validator }),
      },
    }, this.#patience.stallSeconds ?? STALL_SECONDS);
    try {
      this.#check(body);
    } catch (error) {
      await body.close();
      throw error;
    }
    const total = /\/(\d+)$/.exec(body.headers.get("content-range") ?? "")?.[1];
    if (total !== undefined && Number(total) !== size) {
      await body.close();
      throw new DownloadError(`${url} is said to have ${size} bytes, and the server has ${total}`);
    }
    this.#validator ??= strongValidator(body.headers);
    this.#until = until;
    return body;
  }

  #check({ status, statusText, headers }: Body): void {
    const { url } = this;
    const etag = headers.get("etag");
    const known = this.#validator;
    const isOther = etag !== null && known?.startsWith('"') && etag !== known;
    if (isOther || (status === 200 && known !== undefined)) {
      throw new DownloadError(`${url} changed while it was read: run it again`);
    }
    if (status === 200) throw new NoRanges(`${url}: the server sends no parts of it`);
    if (status !== 206) throw new DownloadError(`${url} answered ${status} ${statusText}`.trim());
    const range = headers.get("content-range") ?? "none";
    if (!range.startsWith(`bytes ${this.#at}-`)) {
      throw new DownloadError(`${url} was asked for byte ${this.#at} on and sends ${range}`);
    }
  }
}

import process from "node:process";
import { Attempts } from "../../../runtime/http/patience.ts";
import { PassingFailure } from "../../../runtime/http/download_error.ts";
import { type Body, openBody } from "../../../runtime/http/open_body.ts";
import { fileProblem } from "../../../runtime/files/file_problem.ts";
import { describeFailure } from "../../../runtime/describe_failure.ts";
import { StoreError } from "../store_error.ts";
import type { BucketPatience, S3Settings } from "./bucket_options.ts";
import { deniedMessage } from "./denied_message.ts";

/** Bytes a second below which a connection is of no use. */
const LEAST_RATE = 64 * 1024;

/** An object, or part of it. */
export interface S3Object {
  /** Its bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes the whole object has. */
  readonly size: number;
}

/** What is asked of a bucket. */
interface S3Request {
  readonly method: "GET" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** A whole answer. */
interface S3Answer extends Pick<Body, "status" | "headers"> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The objects of a bucket by S3's HTTP interface. Each request has a deadline of its own; one that fails in a way that
 * may pass (no connection, no answer, a broken one, a busy server) is signed and sent again, after a pause that grows.
 */
export class S3Bucket {
  readonly #place: string;
  readonly #settings: S3Settings;
  readonly #patience: Required<BucketPatience>;

  /** The bucket that the user calls `place`. */
  constructor(place: string, settings: S3Settings, patience: BucketPatience = {}) {
    this.#place = place;
    this.#settings = settings;
    this.#patience = { attempts: 10, pauseSeconds: 0.2, stallSeconds: 30, ...patience };
  }

  /**
   * The object `name`, or its first `most` bytes; undefined where there is none.
   *
   * @throws {StoreError} If the bucket refuses, or does not answer.
   */
  async get(name: string, most?: number): Promise<S3Object | undefined> {
    const headers: Record<string, string> = most === undefined
      ? {}
      : { range: `bytes=0-${most - 1}` };
    const answer = await this.#ask(name, { method: "GET", headers });
    const { status, bytes } = answer;
    if (status === 404 && codeOf(answer) !== "NoSuchBucket") return undefined;
    if (status === 206) {
      const size = Number(answer.headers.get("content-range")?.split("/")[1]);
      return { bytes, size };
    }
    // An empty object has no first byte.
    if (status === 416) return { bytes: new Uint8Array(), size: 0 };
    if (status !== 200) throw this.#refusal(answer);
    return { bytes, size: bytes.length };
  }

  /**
   * Writes the object `name`, whole or not at all.
   *
   * @param replace Whether one that is there is replaced; otherwise it stays.
   * @returns Whether it was written.
   *
   * @throws {StoreError} If the bucket refuses, or does not answer.
   */
  async put(name: string, body: Uint8Array<ArrayBuffer>, replace = false): Promise<boolean> {
    const headers: Record<string, string> = replace ? {} : { "if-none-match": "*" };
    const answer = await this.#ask(name, { method: "PUT", headers, body });
    if (answer.status === 412) return false;
    // A server that knows no conditions: what is written under one name is the same anyway.
    if (answer.status === 501 && !replace) return await this.put(name, body, true);
    if (answer.status < 200 || answer.status > 299) throw this.#refusal(answer);
    return true;
  }

  async #ask(name: string, request: S3Request): Promise<S3Answer> {
    const attempts = new Attempts(this.#patience);
    for (;;) {
      try {
        const answer = await this.#send(name, request);
        // Another writer was at it at this moment.
        if (answer.status !== 409) return answer;
        throw new PassingFailure("it answered 409 Conflict");
      } catch (failure) {
        const denied = deniedIn(failure);
        if (denied) throw new StoreError(deniedMessage(this.#place), { cause: denied });
        try {
          await attempts.pause(failure);
        } catch (error) {
          if (error instanceof StoreError) throw error;
          throw new StoreError(`${this.#place} ${whyUnreached(error)}`, {
            cause: error,
            mayPass: error instanceof PassingFailure,
          });
        }
      }
    }
  }

  async #send(name: string, { method, headers, body }: S3Request): Promise<S3Answer> {
    const url = new URL(`${this.#settings.base}/${escape(name)}`);
    const signed = await this.#settings.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port === "" ? undefined : Number(url.port),
      path: url.pathname,
      query: {},
      headers: { ...headers, host: url.host },
      body,
    });
    const { host: _, ...own } = signed.headers;
    // A packed answer would have another length. Not signed: a proxy may say otherwise.
    const sent = { ...own, "accept-encoding": "identity" };
    const { stallSeconds } = this.#patience;
    const patience = stallSeconds + (body?.length ?? 0) / LEAST_RATE;
    // A signature is for this address alone.
    const init: RequestInit = { method, headers: sent, body, redirect: "manual" };
    const answer = await openBody(url.href, init, patience);
    const bytes = await readWhole(answer, method, patience);
    return { status: answer.status, headers: answer.headers, bytes };
  }

  #refusal({ status, headers, bytes }: S3Answer): StoreError {
    const text = new TextDecoder().decode(bytes.subarray(0, 4096));
    const [code, message] = ["Code", "Message"].map((tag) =>
      new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1].replaceAll(/\s+/g, " ")
    );
    const region = headers.get("x-amz-bucket-region");
    const said = [code, message].filter((part) => part).join(": ");
    return new StoreError(
      `${this.#place} refuses: ${status}${said && ` ${said}`}` +
        (status === 403 ? " (it needs s3:GetObject, s3:PutObject and s3:ListBucket)" : "") +
        (region && status < 403 ? ` (the bucket is in ${region}: set AWS_REGION)` : ""),
    );
  }
}

/** The bytes of an answer, all of them and in time. */
async function readWhole(
  answer: Body,
  method: string,
  stallSeconds: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const begun = performance.now();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await answer.read(); part; part = await answer.read()) {
    parts.push(part);
    length += part.length;
    // Some bytes now and then are no answer either.
    if (performance.now() - begun > 1000 * (stallSeconds + length / LEAST_RATE)) {
      await answer.close();
      throw new PassingFailure(`it sent ${length} bytes in ${Math.round(stallSeconds)} s`);
    }
  }
  const announced = answer.headers.get("content-length");
  if (method === "GET" && announced !== null && Number(announced) !== length) {
    throw new PassingFailure(`its answer ended after ${length} of ${announced} bytes`);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function codeOf({ bytes }: S3Answer): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(new TextDecoder().decode(bytes.subarray(0, 4096)))?.[1];
}

/** The spelling that S3 signs: all but letters, digits and `-._~/` by their codes. */
function escape(name: string): string {
  return encodeURIComponent(name).replaceAll("%2F", "/")
    .replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What the runtime's permissions refused, at whatever depth. */
function deniedIn(error: unknown): Error | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (fileProblem(at) === "denied") return at;
  }
}

/** Why a bucket was not reached, without its address, which logs need not show. */
function whyUnreached(error: unknown): string {
  if (error instanceof Error && error.name === "CredentialsProviderError") {
    const profile = process.env.AWS_PROFILE;
    const where = profile ? ` (AWS_PROFILE is "${profile}")` : "";
    return `was not asked, as there are no credentials${where}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile that has some`;
  }
  const said = describeFailure(error)
    .replace(/ for url \(\S*\)/g, "")
    .replace(/\bhttps?:\/\/\S+/g, "the endpoint");
  return `cannot be reached: ${said}`;
}

import type { Patience } from "../../../runtime/http/patience.ts";

/** Where entries of buckets are kept on this machine. */
export interface CachePlace {
  /** Folder, made where it is missing. */
  readonly dir: string;
  /** How many bytes it may hold. */
  readonly bytes: number;
}

/** How long a bucket is waited for. */
export interface BucketPatience {
  /**
   * How many requests in a row may bring nothing.
   *
   * @default {10}
   */
  readonly attempts?: number;
  /**
   * Seconds before the second request; each later pause is twice as long.
   *
   * @default {0.2}
   */
  readonly pauseSeconds?: number;
  /**
   * Seconds after which a request is given up that gets no answer, or whose answer stands still.
   *
   * @default {30}
   */
  readonly stallSeconds?: number;
}

/** A request, as far as it is signed. */
export interface UnsignedRequest {
  /** HTTP's word for what is done. */
  readonly method: string;
  /** `http:` or `https:`. */
  readonly protocol: string;
  /** Who is asked. */
  readonly hostname: string;
  /** The port, where it is not the protocol's own. */
  readonly port?: number;
  /** The path, as it is sent. */
  readonly path: string;
  /** What follows the path: nothing. */
  readonly query: Record<string, string>;
  /** Its headers. */
  readonly headers: Record<string, string>;
  /** Its body, where it has one. */
  readonly body?: Uint8Array;
}

/** How a bucket's objects are asked for. */
export interface S3Settings {
  /** Address of the bucket, without a slash at the end. */
  readonly base: string;
  /** Gives a request the headers that say who asks. */
  sign(request: UnsignedRequest): Promise<{ readonly headers: Readonly<Record<string, string>> }>;
}

/** What a store in a bucket is opened with. */
export interface BucketOptions {
  /** Where entries are kept on this machine. */
  readonly cache: CachePlace;
  /**
   * How long the bucket is waited for.
   *
   * @default {as {@linkcode BucketPatience} says}
   */
  readonly patience?: BucketPatience;
  /**
   * Where the bucket is and who asks.
   *
   * @default {what the environment and the profiles of AWS's own programs say}
   */
  readonly settings?: S3Settings;
}

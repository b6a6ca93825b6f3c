import { StoreError } from "../store_error.ts";

/** A place in a bucket. */
export interface BucketPlace {
  /** Name of the bucket. */
  readonly bucket: string;
  /** What the names of all objects begin with: empty, or ends with a slash. */
  readonly prefix: string;
}

/** Letters, digits, dots and hyphens, as S3 has it. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Whether a store is in a bucket, not in a folder. */
export function isBucketPlace(place: string): boolean {
  return /^s3:\/\//i.test(place);
}

/**
 * Reads `s3://bucket/prefix`.
 *
 * @throws {StoreError} If it names no bucket, or holds more than a bucket and a prefix.
 *
 * @example
 * ```ts
 * import { parseBucketPlace } from "./bucket_place.ts";
 * import assert from "node:assert/strict";
 *
 * const place = parseBucketPlace("s3://corpora/emofuse/store");
 * assert.deepEqual(place, { bucket: "corpora", prefix: "emofuse/store/" });
 * assert.throws(() => parseBucketPlace("s3://key:secret@corpora"), /bucket/);
 * ```
 */
export function parseBucketPlace(place: string): BucketPlace {
  const [bucket, ...folders] = place.replace(/^s3:\/\//i, "").replace(/\/$/, "").split("/");
  const wrong = !BUCKET.test(bucket)
    ? "its bucket has no name that S3 knows (3 to 63 of a-z, 0-9, dots and hyphens)"
    : folders.some((folder) => !/^[\w!'()*.-]+$/.test(folder) || /^\.+$/.test(folder))
    ? "its prefix is not made of letters, digits and !-_.*'() between slashes"
    : undefined;
  // Whoever types a password by mistake should not read it in a log.
  const said = place.includes("@") ? "the store" : place;
  if (wrong !== undefined) throw new StoreError(`${said} is no s3://bucket/prefix: ${wrong}`);
  return { bucket, prefix: folders.map((folder) => `${folder}/`).join("") };
}

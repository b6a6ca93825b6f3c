import { isAbsolute, join, relative, sep } from "node:path";
import type { RunPlaces } from "../pipeline/config.ts";
import { isBucketPlace } from "../pipeline/store/bucket/bucket_place.ts";
import type { OpenPlan, Plan } from "./plan.ts";

/**
 * A path as a plan says it: from the plan's folder, where both lie below one folder of the root, so that the plan
 * holds where a shared file system is called otherwise; or else as it is.
 *
 * @param dir Absolute path of the plan's folder.
 *
 * @example
 * ```ts
 * import { placeIn } from "./plan_places.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(placeIn("/share/plans/a", "/share/clips"), "../../clips");
 * assert.equal(placeIn("/share/plans/a", "/data/clips"), "/data/clips");
 * assert.equal(placeIn("/share/plans/a", "s3://bucket/store"), "s3://bucket/store");
 * ```
 */
export function placeIn(dir: string, path: string): string {
  if (isBucketPlace(path) || topOf(dir) !== topOf(path)) return path;
  return relative(dir, path).replaceAll("\\", "/") || ".";
}

/** The absolute path of what a plan says. */
export function placeFrom(dir: string, place: string): string {
  return isBucketPlace(place) || isAbsolute(place) ? place : join(dir, place);
}

/** The places of a run as a plan says them. */
export function placesIn(
  dir: string,
  { data, folders, weights, ear, landmarks, tables }: RunPlaces,
  store: string | undefined,
): Plan["places"] {
  return eachPlace(
    { data, folders, weights, ear, landmarks, tables, store },
    (path) => placeIn(dir, path),
  );
}

/** What the work on a plan is told beside it. */
export interface WorkPlaces {
  /**
   * The feature store, where the plan does not say it.
   *
   * @default {the folder `store` in the plan's folder}
   */
  readonly store?: string;
  /**
   * What else a bucket needs to be opened.
   *
   * @default {nothing, for a folder}
   */
  readonly bucket?: RunPlaces["bucket"];
  /** How many clips are worked on at once. */
  readonly workers: number;
}

/** The places of a plan's run on this machine. */
export function placesOf(
  { dir, plan: { places } }: OpenPlan,
  { store, bucket, workers }: WorkPlaces,
  out: string,
): RunPlaces {
  const { store: planned, ...rest } = eachPlace(places, (place) => placeFrom(dir, place));
  return { ...rest, out, store: planned ?? store ?? join(dir, "store"), bucket, workers };
}

/** The same places, each path by `map`; what is not there is left out. */
function eachPlace(
  { data, folders, weights, ear, landmarks, tables, store }: Plan["places"],
  map: (path: string) => string,
): Plan["places"] {
  return {
    data: map(data),
    ...(folders && { folders: folders.map((folder) => ({ ...folder, dir: map(folder.dir) })) }),
    ...(weights !== undefined && { weights: map(weights) }),
    ...(ear !== undefined && { ear: map(ear) }),
    ...(landmarks !== undefined && { landmarks: map(landmarks) }),
    ...(tables && {
      tables: Object.fromEntries(Object.entries(tables).map(([name, file]) => [name, map(file)])),
    }),
    ...(store !== undefined && { store: map(store) }),
  };
}

/** The first folder of a path, which tells a file system that is shared from others. */
function topOf(path: string): string {
  return path.split(sep).slice(0, 2).join(sep);
}

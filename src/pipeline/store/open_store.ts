import type { BucketOptions } from "./bucket/bucket_options.ts";
import { BucketStore } from "./bucket/bucket_store.ts";
import { isBucketPlace } from "./bucket/bucket_place.ts";
import type { FeatureStore } from "./feature_store.ts";
import { FolderStore } from "./folder_store.ts";
import { StoreError } from "./store_error.ts";

/** Where a store is. */
export interface StorePlace {
  /** Its folder, made where it is missing, or `s3://bucket/prefix`. */
  readonly store: string;
  /**
   * What else a bucket needs to be opened.
   *
   * @default {nothing, for a folder}
   */
  readonly bucket?: BucketOptions;
}

/**
 * Opens a feature store.
 *
 * @throws {StoreError} If it cannot be read and written to, or is in a bucket and no cache is named.
 */
export async function openStore({ store, bucket }: StorePlace): Promise<FeatureStore> {
  if (!isBucketPlace(store)) return await FolderStore.open(store);
  if (!bucket) throw new StoreError(`${store} needs a cache on this machine`);
  return await BucketStore.open(store, bucket);
}

import { resolve } from "node:path";
import type { Command } from "commander";
import type { RunPlaces } from "../../src/pipeline/config.ts";
import { isBucketPlace, parseBucketPlace } from "../../src/pipeline/store/bucket/bucket_place.ts";
import { StoreError } from "../../src/pipeline/store/store_error.ts";
import { parsed, positive, UsageError } from "../command.ts";
import { resolvePath } from "../paths.ts";

/** How large the cache of a bucket may be unless it is said, in GB. */
const CACHE_GB = 20;

/** Adds the flags that say where features are kept. */
export function addStoreFlags(command: Command): Command {
  return addCacheFlags(command.option(
    "--store <place>",
    "feature store: a folder (default: .emofuse/store in the clone, or else in this folder) or s3://bucket/prefix",
  ));
}

/** Adds the flags of what is kept of a bucket on this machine. */
export function addCacheFlags(command: Command): Command {
  return command
    .option(
      "--store-cache <dir>",
      "what is kept of a store in a bucket on this machine (default: .emofuse/cache)",
    )
    .addOption(
      parsed(
        "--store-cache-size <GB>",
        `how large that may grow (default: ${CACHE_GB})`,
        positive(1_000_000),
      ),
    );
}

/**
 * Where the flags of `addStoreFlags` say that features are kept.
 *
 * @throws {UsageError} If the store is no place, or a cache is named for a folder.
 */
export function readStore(options: Record<string, unknown>): Pick<RunPlaces, "store" | "bucket"> {
  const { store, storeCache, storeCacheSize = CACHE_GB } = options as {
    store?: string;
    storeCache?: string;
    storeCacheSize?: number;
  };
  if (store === undefined || !isBucketPlace(store)) {
    const given = ["storeCache", "storeCacheSize"].find((name) => options[name] !== undefined);
    if (given) {
      const flag = given === "storeCache" ? "--store-cache" : "--store-cache-size";
      throw new UsageError(
        `${flag} ${
          options[given]
        } is for a store in a bucket; allowed: with --store s3://BUCKET/PREFIX`,
      );
    }
    // The default belongs to Emofuse, not to the folder it is called from: one store serves all.
    return { store: store === undefined ? resolve(".emofuse/store") : resolvePath(store) };
  }
  try {
    parseBucketPlace(store);
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(`--store ${error.message}`);
    throw error;
  }
  return {
    store,
    bucket: {
      cache: {
        dir: storeCache === undefined ? resolve(".emofuse/cache") : resolvePath(storeCache),
        bytes: storeCacheSize * 1e9,
      },
    },
  };
}

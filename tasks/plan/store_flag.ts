import type { Command } from "commander";
import { isBucketPlace } from "../../src/pipeline/store/bucket/bucket_place.ts";
import type { OpenPlan } from "../../src/plan/plan.ts";
import type { WorkPlaces } from "../../src/plan/plan_places.ts";
import { UsageError } from "../command.ts";
import { addCacheFlags, readStore } from "../flags/store_flags.ts";
import { resolvePath } from "../paths.ts";

/** Adds the flags that say where those who work on a plan keep features. */
export function addPlanStoreFlags(command: Command): Command {
  return addCacheFlags(command.option(
    "--store <place>",
    "feature store, where the plan does not say it: a folder or s3://bucket/prefix (default: the folder store in the plan's)",
  ));
}

/** An absolute path, or the bucket and prefix, of a store. */
export function storePlace(text: string): string {
  return isBucketPlace(text) ? text : resolvePath(text);
}

/**
 * The store that flags or the plan name.
 *
 * @throws {UsageError} If the flag and the plan each name one: workers with several stores would not find what others
 * made; or if a cache is named and the store is in no bucket.
 */
export function readPlanStore(
  options: Record<string, unknown>,
  { plan: { places } }: OpenPlan,
): Pick<WorkPlaces, "store" | "bucket"> {
  const named = options.store as string | undefined;
  if (named !== undefined && places.store !== undefined) {
    throw new UsageError(
      `--store ${named}: the plan says the store, ${places.store}; leave it out`,
    );
  }
  const store = named ?? places.store;
  const { bucket } = readStore({ ...options, store });
  return { ...(named !== undefined && { store: storePlace(named) }), ...(bucket && { bucket }) };
}

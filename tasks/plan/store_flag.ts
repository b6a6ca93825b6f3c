import { Option } from "commander";
import type { OpenPlan } from "../../src/plan/plan.ts";
import { UsageError } from "../command.ts";
import { resolvePath } from "../paths.ts";

/** `--store` of those who work on a plan. */
export function planStoreFlag(): Option {
  return new Option(
    "--store <dir>",
    "feature store, where the plan does not say it (default: the folder store in the plan's)",
  );
}

/** An absolute path or an address, such as `s3://bucket/prefix`, of a store. */
export function storePlace(text: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//.test(text) ? text : resolvePath(text);
}

/**
 * The store that the flag names.
 *
 * @throws {UsageError} If the plan says another: workers with several stores would not find what others made.
 */
export function readPlanStore(
  { store }: { readonly store?: string },
  { plan: { places } }: OpenPlan,
): { readonly store?: string } {
  if (store === undefined) return {};
  if (places.store === undefined) return { store: storePlace(store) };
  throw new UsageError(`--store ${store}: the plan says the store, ${places.store}; leave it out`);
}

import type { FeatureStore } from "./feature_store.ts";
import { FolderStore } from "./folder_store.ts";

/**
 * Opens the feature store at `place`: a folder, which is made where it is missing.
 *
 * @throws {StoreError} If it cannot be written to.
 */
export async function openStore(place: string): Promise<FeatureStore> {
  return await FolderStore.open(place);
}

import { writeFile } from "node:fs/promises";
import type { GitHubPublication } from "../../corpus/published.ts";
import type { Check } from "../check.ts";
import type { Parcel } from "../parcel.ts";
import { readBlob } from "./read_blob.ts";
import type { Blob } from "./read_tree.ts";

/** Files that Git itself keeps: tables and texts, each small enough for memory. */
export function blobsParcel(
  name: string,
  blobs: readonly Blob[],
  { repository, branch }: GitHubPublication,
  options: { readonly mirror?: string },
): Parcel {
  return {
    name,
    files: blobs.length,
    bytes: blobs.reduce((sum, { bytes }) => sum + bytes, 0),
    async fetch(to) {
      const part = to.partOf("blob.part");
      for (const blob of blobs) {
        const { path, bytes } = blob;
        const check: Check = `git:${blob.sha}`;
        if (!await to.ledger.has(path, bytes, check)) {
          const content = await readBlob(repository, branch, blob, {
            ...options,
            patience: to.patience,
          });
          await writeFile(part, content);
          await to.finish(part, path, bytes, check);
        }
        to.onBytes(bytes, name);
      }
    },
  };
}

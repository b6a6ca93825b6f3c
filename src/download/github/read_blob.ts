import { DownloadError } from "../../runtime/http/download_error.ts";
import { fetchSmall, refusal } from "../../runtime/http/fetch_small.ts";
import { addressOf } from "../address.ts";
import { gitNameOf } from "../check.ts";
import type { Blob, GitHubOptions } from "./read_tree.ts";

/**
 * What Git keeps of a file, off GitHub's server of raw files.
 *
 * @throws {DownloadError} If it cannot be read, or is not the blob that the tree names.
 */
export async function readBlob(
  repository: string,
  branch: string,
  { path, sha, bytes: size }: Blob,
  { mirror, patience }: GitHubOptions = {},
): Promise<Uint8Array> {
  const names = [...repository.split("/"), branch, ...path.split("/")].map(encodeURIComponent);
  const url = addressOf(`https://raw.githubusercontent.com/${names.join("/")}`, mirror);
  const answer = await fetchSmall(url, { limit: size, patience });
  if (answer.status !== 200) throw refusal(url, answer);
  const got = gitNameOf(answer.bytes);
  if (got === sha) return answer.bytes;
  throw new DownloadError(
    `${url} is the Git blob ${got}, expected ${sha}: it has just changed or was damaged on the way; ` +
      "run it again",
  );
}

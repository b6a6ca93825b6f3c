import { DownloadError } from "../../runtime/http/download_error.ts";
import { fetchJson } from "../../runtime/http/fetch_small.ts";
import type { Patience } from "../../runtime/http/patience.ts";
import { addressOf } from "../address.ts";
import { safePath } from "../safe_path.ts";

/** A file of a repository. */
export interface Blob {
  /** Its path. */
  readonly path: string;
  /** The SHA-1 by which Git names it. */
  readonly sha: string;
  /** Its size in Git: of a file that LFS keeps, that of its pointer. */
  readonly bytes: number;
}

/** What is asked of GitHub. */
export interface GitHubOptions {
  /** Address of a mirror that is asked instead. */
  readonly mirror?: string;
  /** How often it is asked, and how long it is waited for. */
  readonly patience?: Patience;
}

interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** GitHub sends no larger tree, in bytes. */
const MOST = 50_000_000;

/**
 * The files of a repository's root and of some of its folders, by GitHub's API ("Get a tree",
 * https://docs.github.com/rest/git/trees). Folders are asked for one by one: all at once may be too many.
 *
 * @throws {DownloadError} If they cannot be listed.
 */
export async function readTree(
  repository: string,
  branch: string,
  folders: readonly string[],
  options: GitHubOptions = {},
): Promise<Blob[]> {
  const url = (tree: string) => {
    const page = `https://api.github.com/repos/${repository}/git/trees/${tree}`;
    return addressOf(page, options.mirror);
  };
  const root = await readEntries(url(encodeURIComponent(branch)), options);
  const blobs = blobsOf(root, "", url(branch));
  for (const folder of folders) {
    const entry = root.find(({ path, type }) => path === folder && type === "tree");
    if (entry === undefined) continue;
    blobs.push(...blobsOf(await readEntries(url(entry.sha), options), `${folder}/`, url(folder)));
  }
  return blobs;
}

async function readEntries(url: string, { patience }: GitHubOptions): Promise<TreeEntry[]> {
  const headers = { accept: "application/vnd.github+json", "user-agent": "emofuse" };
  const json = await fetchJson(url, { limit: MOST, patience, headers });
  const { tree, truncated } = json as { tree?: TreeEntry[]; truncated?: boolean };
  if (!Array.isArray(tree) || truncated === true) {
    throw new DownloadError(`${url} lists the files of a folder incompletely or not at all`);
  }
  return tree;
}

function blobsOf(entries: readonly TreeEntry[], folder: string, from: string): Blob[] {
  return entries.flatMap(({ path, mode, type, sha, size }) => {
    // Links have the mode 120000: none is followed, and none made.
    if (type !== "blob" || !mode.startsWith("100")) return [];
    const isWhole = /^[0-9a-f]{40}$/.test(sha) && Number.isSafeInteger(size);
    if (!isWhole) throw new DownloadError(`${from} says of ${path} no size or no SHA-1`);
    return [{ path: safePath(`${folder}${path}`, from), sha, bytes: size! }];
  });
}

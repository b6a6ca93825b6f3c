import { dirname } from "node:path";
import type { GitHubPublication } from "../../corpus/published.ts";
import { DownloadError } from "../../runtime/http/download_error.ts";
import { mapConcurrent } from "../../runtime/map_concurrent.ts";
import { chooseFiles, shareOf } from "../choose_files.ts";
import type { Parcel } from "../parcel.ts";
import type { Offer, SourceOptions } from "../source_options.ts";
import { blobsParcel } from "./blobs_parcel.ts";
import { type LfsFile, lfsParcel } from "./lfs_parcel.ts";
import { LONGEST_POINTER, parsePointer, pointerName } from "./parse_pointer.ts";
import { readBlob } from "./read_blob.ts";
import { type Blob, readTree } from "./read_tree.ts";

/** Pointers that are read at once. */
const LANES = 8;

/**
 * What a repository on GitHub offers of what is chosen: its tables, and of each of its folders the files whose
 * pointers Git has.
 *
 * @throws {DownloadError} If it cannot be listed.
 * @throws {CorpusError} If the corpus has no filter of that name.
 */
export async function gitHubOffer(
  publication: GitHubPublication,
  options: SourceOptions,
): Promise<Offer> {
  const { repository, branch, tables } = publication;
  const { corpus, root, choice } = options;
  const folders = publication.folders.filter(({ carries }) =>
    shareOf(corpus, { carries: [carries] }, choice) !== "none"
  );
  const tableFolders = tables.map((path) => dirname(path)).filter((folder) => folder !== ".");
  const tree = await readTree(
    repository,
    branch,
    [...folders.map(({ path }) => path), ...new Set(tableFolders)],
    options,
  );
  const licence = tree.find(({ path }) => path === publication.licence);
  if (!licence) throw new DownloadError(`${repository} has no ${publication.licence}`);
  const terms = new TextDecoder().decode(await readBlob(repository, branch, licence, options));

  const wanted: { readonly name: string; readonly blobs: readonly Blob[] }[] = [];
  for (const { path: name } of folders) {
    const blobs = tree.filter(({ path }) => path.startsWith(`${name}/`));
    const paths = blobs.map(({ path }) => path);
    const chosen = new Set(await chooseFiles(corpus, root, paths, choice));
    wanted.push({ name, blobs: blobs.filter(({ path }) => chosen.has(path)) });
  }
  const total = wanted.reduce((sum, { blobs }) => sum + blobs.length, 0);
  let done = 0;
  const parcels: Parcel[] = [];
  for (const { name, blobs } of wanted) {
    const files = await mapConcurrent(blobs, LANES, async (blob) => {
      const file = await readLfsFile(blob, publication, options);
      options.onListed(++done, total, name);
      return file ?? blob;
    });
    const kept = files.filter((file): file is LfsFile => "oid" in file);
    const plain = files.filter((file): file is Blob => "sha" in file);
    const servers = [`https://github.com/${repository}.git`, ...publication.mirrors];
    if (kept.length > 0) parcels.push(lfsParcel(name, kept, servers, options));
    if (plain.length > 0) parcels.push(blobsParcel(name, plain, publication, options));
  }
  if (parcels.length > 0) {
    const blobs = tree.filter(({ path }) => tables.includes(path));
    parcels.unshift(blobsParcel("tables", blobs, publication, options));
  }
  const page = `https://github.com/${repository}`;
  return {
    licence: { title: corpus.title, terms: terms.trim().replace(/\s+/g, " "), page },
    parcels,
    remarks: [],
  };
}

/** What LFS keeps of a file; undefined where Git itself has it. */
async function readLfsFile(
  blob: Blob,
  { repository, branch }: GitHubPublication,
  options: SourceOptions,
): Promise<LfsFile | undefined> {
  const { path } = blob;
  if (blob.bytes > LONGEST_POINTER) return undefined;
  const known = await options.ledger.knows(path);
  if (known?.check.startsWith("sha256:")) {
    const file = { path, oid: known.check.slice("sha256:".length), size: known.bytes };
    // Unless the repository has another by now.
    if (pointerName(file) === blob.sha) return file;
  }
  const pointer = parsePointer(await readBlob(repository, branch, blob, options));
  return pointer && { path, ...pointer };
}

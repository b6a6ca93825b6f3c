import { DownloadError } from "../../runtime/http/download_error.ts";
import { fetchJson } from "../../runtime/http/fetch_small.ts";
import type { Patience } from "../../runtime/http/patience.ts";
import { addressOf } from "../address.ts";
import { safePath } from "../safe_path.ts";

/** A file of a record. */
export interface RecordFile {
  /** Its name. */
  readonly name: string;
  /** Its size. */
  readonly bytes: number;
  /** Its MD5 in hexadecimal. */
  readonly md5: string;
  /** Its address. */
  readonly url: string;
}

/** What Zenodo says of a record. */
export interface ZenodoRecord {
  /** Its title. */
  readonly title: string;
  /** Who made it. */
  readonly creators: readonly string[];
  /** The identifier of its licence. */
  readonly licence: string;
  /** Its page. */
  readonly page: string;
  /** Its files. */
  readonly files: readonly RecordFile[];
}

/** The description of no record is larger, in bytes. */
const MOST = 10_000_000;

/**
 * Reads what Zenodo says of a record (https://developers.zenodo.org, "Records"). Files are addressed by the record's
 * pages: the API's own addresses send whole files alone (https://github.com/zenodo/zenodo/issues/2593).
 *
 * @throws {DownloadError} If it cannot be read, or says of a file neither size nor MD5.
 */
export async function readRecord(
  id: string,
  { mirror, patience }: { readonly mirror?: string; readonly patience?: Patience } = {},
): Promise<ZenodoRecord> {
  const url = addressOf(`https://zenodo.org/api/records/${id}`, mirror);
  const json = await fetchJson(url, {
    limit: MOST,
    patience,
    headers: { accept: "application/json" },
  });
  const { metadata, files } = json as {
    readonly metadata?: {
      readonly title?: string;
      readonly creators?: readonly { readonly name?: string }[];
      readonly license?: { readonly id?: string };
    };
    readonly files?: readonly unknown[];
  };
  if (typeof metadata?.title !== "string" || !Array.isArray(files) || files.length === 0) {
    throw new DownloadError(`${url} does not describe a record with files`);
  }
  return {
    title: metadata.title,
    creators: metadata.creators?.flatMap(({ name }) => name ?? []) ?? [],
    licence: metadata.license?.id ?? "none is named; see the page",
    page: `https://zenodo.org/records/${id}`,
    files: files.map((file) => {
      const { key, size, checksum } = file as Partial<Record<string, unknown>>;
      const md5 = /^md5:([0-9a-f]{32})$/.exec(String(checksum))?.[1];
      if (typeof key !== "string" || !Number.isSafeInteger(size) || !md5) {
        throw new DownloadError(`${url} says of the file ${key} no size or no MD5`);
      }
      const name = safePath(key, url);
      if (name.includes("/")) throw new DownloadError(`${url}: ${name} is no name of a file`);
      const page = `https://zenodo.org/records/${id}/files/${encodeURIComponent(name)}?download=1`;
      return { name, bytes: size as number, md5, url: addressOf(page, mirror) };
    }),
  };
}

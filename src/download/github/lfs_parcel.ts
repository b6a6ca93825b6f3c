import { download } from "../../runtime/http/download.ts";
import { DownloadError } from "../../runtime/http/download_error.ts";
import { mapConcurrent } from "../../runtime/map_concurrent.ts";
import type { Check } from "../check.ts";
import type { Parcel } from "../parcel.ts";
import type { Workplace } from "../workplace.ts";
import { askLfs, type LfsAction } from "./ask_lfs.ts";
import type { LfsObject } from "./parse_pointer.ts";

/** A file that Git LFS keeps, and where it belongs. */
export interface LfsFile extends LfsObject {
  /** Its path in the repository. */
  readonly path: string;
}

/** As many are asked for at once as git-lfs does. */
const LOT = 100;

/** As many are downloaded at once as git-lfs does. */
const LANES = 8;

/**
 * Files of a folder that Git LFS keeps.
 *
 * @param servers Addresses of repositories that lend them, the first that does is asked.
 */
export function lfsParcel(
  name: string,
  files: readonly LfsFile[],
  servers: readonly string[],
  options: { readonly mirror?: string },
): Parcel {
  return {
    name,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    async fetch(to) {
      const missing: LfsFile[] = [];
      for (const file of files) {
        if (await to.ledger.has(file.path, file.size, checkOf(file))) to.onBytes(file.size, name);
        else missing.push(file);
      }
      for (let i = 0; i < missing.length; i += LOT) {
        const lot = missing.slice(i, i + LOT);
        const actions = await askFirst(servers, lot, { ...options, patience: to.patience });
        await mapConcurrent(lot, LANES, (file) => fetchOne(file, actions.get(file.oid)!, to, name));
      }
    },
  };
}

function checkOf({ oid }: LfsObject): Check {
  return `sha256:${oid}`;
}

/** @throws {DownloadError} If no server lends them; it says what each said. */
async function askFirst(
  servers: readonly string[],
  files: readonly LfsFile[],
  options: Parameters<typeof askLfs>[2],
): Promise<Map<string, LfsAction>> {
  const said: string[] = [];
  for (const server of servers) {
    try {
      return await askLfs(server, files, options);
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      said.push(error.message);
    }
  }
  throw new DownloadError(said.join("; and "));
}

async function fetchOne(
  { path, oid, size }: LfsFile,
  { href, header }: LfsAction,
  to: Workplace,
  name: string,
): Promise<void> {
  // Two files may have the same contents, but not the same path.
  const part = to.partOf(encodeURIComponent(path));
  let before: number | undefined;
  try {
    await download(href, part, {
      size,
      hash: { algorithm: "sha256", hex: oid },
      headers: header,
      patience: to.patience,
      onProgress(done) {
        to.onBytes(Math.max(0, done - (before ?? 0)), name);
        before = done;
      },
    });
  } catch (cause) {
    if (!(cause instanceof DownloadError)) throw cause;
    throw new DownloadError(`${path}: ${cause.message}`, { cause });
  }
  await to.finish(part, path, size, checkOf({ oid, size }));
}

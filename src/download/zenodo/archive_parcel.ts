import { stat } from "node:fs/promises";
import { download } from "../../runtime/http/download.ts";
import { DownloadError } from "../../runtime/http/download_error.ts";
import { type Check, checkOfFile } from "../check.ts";
import { OccupiedError } from "../ledger.ts";
import type { Parcel } from "../parcel.ts";
import type { Workplace } from "../workplace.ts";
import { openFile } from "../zip/file_source.ts";
import type { RangeSource } from "../zip/range_source.ts";
import { type Member, readDirectory } from "../zip/read_directory.ts";
import { missingOf, unpack } from "../zip/unpack.ts";
import type { RecordFile } from "./read_record.ts";

/** Downloads a file of a record to a path under way, with its MD5 checked. */
async function downloadWhole(file: RecordFile, to: Workplace): Promise<string> {
  const part = to.partOf(file.name);
  // It is there where unpacking was broken off.
  const isThere = await stat(part).then(({ size }) => size === file.bytes, () => false);
  if (isThere && await checkOfFile(part, "md5") === checkOf(file)) {
    to.onBytes(file.bytes, file.name);
    return part;
  }
  let before: number | undefined;
  await download(file.url, part, {
    size: file.bytes,
    hash: { algorithm: "md5", hex: file.md5 },
    patience: to.patience,
    onProgress(done) {
      to.onBytes(Math.max(0, done - (before ?? 0)), file.name);
      before = done;
    },
  });
  return part;
}

function checkOf({ md5 }: RecordFile): Check {
  return `md5:${md5}`;
}

/** A file of a record that is no archive. */
export function plainFile(file: RecordFile): Parcel {
  const { name, bytes } = file;
  return {
    name,
    bytes,
    files: 1,
    async fetch(to) {
      if (await to.ledger.has(name, bytes, checkOf(file))) return to.onBytes(bytes, name);
      await to.finish(await downloadWhole(file, to), name, bytes, checkOf(file));
    },
  };
}

/**
 * An archive that is downloaded whole, checked by its MD5, unpacked and removed.
 *
 * @param choose The paths that are wanted of those that it holds. Default: all.
 */
export function wholeArchive(
  file: RecordFile,
  choose?: (paths: readonly string[]) => Promise<string[]>,
): Parcel {
  const { name, bytes } = file;
  return {
    name,
    bytes,
    async fetch(to) {
      const check = checkOf(file);
      if (!choose && await to.ledger.hasArchive(name, check)) return to.onBytes(bytes, name);
      const archive = await downloadWhole(file, to);
      const source = await openFile(archive, name);
      try {
        const members = await readDirectory(source);
        const paths = members.map(({ path }) => path);
        const chosen = new Set(await choose?.(paths) ?? paths);
        await unpack(source, members.filter(({ path }) => chosen.has(path)), to);
        if (!choose) await to.ledger.add({ archive: name, check, paths });
      } catch (error) {
        // What is wrong with its contents would be wrong again; a full disk, or a file in the way, would not.
        const isItsOwn = error instanceof DownloadError && !(error instanceof OccupiedError);
        if (isItsOwn) await to.drop(archive);
        throw error;
      } finally {
        await source.close();
      }
      await to.drop(archive);
    },
  };
}

/**
 * Some files of an archive, which are read off the server's copy.
 *
 * @param source The server's copy; it is open while they are read.
 * @param members Those of its members that are wanted.
 */
export function someMembers(source: RangeSource, members: readonly Member[]): Parcel {
  const { name } = source;
  const size = ({ start, end }: Member) => end - start;
  const sizeOf = (some: readonly Member[]) => some.reduce((sum, member) => sum + size(member), 0);
  return {
    name,
    bytes: sizeOf(members),
    files: members.length,
    async fetch(to) {
      const missing = await missingOf(members, to);
      to.onBytes(sizeOf(members) - sizeOf(missing), name);
      source.onBytes = (count) => to.onBytes(count, name);
      try {
        await unpack(source, missing, to);
      } finally {
        await source.close();
      }
    },
  };
}

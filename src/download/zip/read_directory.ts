import { configure, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { DownloadError } from "../../runtime/http/download_error.ts";
import { safePath } from "../safe_path.ts";
import type { ByteSource } from "./byte_source.ts";

// What is unpacked comes from a network or a disk, which are slower than one thread.
configure({ useWebWorkers: false });

/** A file in an archive. */
export interface Member {
  /** Its path in the archive: relative, and with no way out of it. */
  readonly path: string;
  /** Its size when unpacked, in bytes. */
  readonly bytes: number;
  /** Its CRC-32. */
  readonly crc32: number;
  /** Where it begins in the archive. */
  readonly start: number;
  /** Where the next member begins, or this one surely ends. */
  readonly end: number;
  /**
   * Unpacks it.
   *
   * @throws {DownloadError} If the archive cannot be read, or the member is damaged.
   */
  unpackTo(sink: WritableStream<Uint8Array>): Promise<void>;
}

/** More files than any corpus has in one archive. */
const MOST_MEMBERS = 200_000;

/** An archive that unpacks to more than this times its size is made to fill disks. */
const MOST_EXPANSION = 50;

/** Less than this fills no disk, in bytes. */
const HARMLESS = 1 << 26;

/** Bytes of a member's header, without name and extra fields. */
const HEADER = 30;

/** What systems put into archives of their own accord. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/;

/**
 * The files of a zip archive, in the order in which they lie in it, as its central directory lists them (APPNOTE.TXT
 * of PKWARE, section 4.3.12, and 4.3.14 for Zip64). All are checked before the first can be unpacked.
 *
 * @throws {DownloadError} If it is no such archive or incomplete, is encrypted, is made to fill disks, or has a
 * path that leads out of its folder, a link, or two files of one name.
 */
export async function readDirectory(source: ByteSource): Promise<Member[]> {
  let failure: unknown;
  const reader = new SourceReader(source, (error) => failure ??= error);
  const entries: FileEntry[] = [];
  try {
    const zip = new ZipReader(reader, { useWebWorkers: false });
    // Names are checked here, where the error can name them.
    const options = { filenameValidation: "tolerant" } as const;
    for await (const entry of zip.getEntriesGenerator(options)) {
      if (entries.length === MOST_MEMBERS) {
        throw new DownloadError(`${source.name} has more than ${MOST_MEMBERS} files`);
      }
      if (LITTER.test(entry.filename)) continue;
      if (entry.symlink) throw unsafe(source, entry.filename, "is a link");
      if (isSpecial(entry.unixMode)) throw unsafe(source, entry.filename, "is no file");
      if (entry.encrypted) throw unsafe(source, entry.filename, "is encrypted");
      // A folder's path ends with a slash.
      safePath(entry.filename.replace(/\/$/, ""), source.name);
      if (!entry.directory) entries.push(entry);
    }
  } catch (error) {
    throw asDownloadError(failure ?? error, `${source.name} is no complete zip archive`);
  }
  refuseTwins(source, entries);
  refuseBomb(source, entries);
  entries.sort((a, b) => a.offset - b.offset);
  return entries.map((entry, i) => {
    // No header has more than 64 KiB of extra fields.
    const most = entry.offset + HEADER + entry.rawFilename.length + entry.compressedSize + 0x10000;
    return {
      path: entry.filename,
      bytes: entry.uncompressedSize,
      crc32: (entry.crc32 ?? 0) >>> 0,
      start: entry.offset,
      end: Math.min(entries[i + 1]?.offset ?? most, most, source.size),
      async unpackTo(sink) {
        failure = undefined;
        try {
          await entry.getData(sink, { checkCrc32: true });
        } catch (error) {
          const what = `${source.name}: ${entry.filename} is damaged`;
          throw asDownloadError(failure ?? error, what);
        }
      },
    };
  });
}

function unsafe({ name }: ByteSource, path: string, what: string): DownloadError {
  return new DownloadError(`${name}: ${JSON.stringify(path)} ${what}; nothing of it was unpacked`);
}

/** Whether a mode of Unix says: neither file nor folder. */
function isSpecial(mode: number | undefined): boolean {
  const type = (mode ?? 0) & 0o170000;
  return type !== 0 && type !== 0o100000 && type !== 0o040000;
}

/** @throws {DownloadError} If two files would be one where capitals do not count. */
function refuseTwins(source: ByteSource, entries: readonly FileEntry[]): void {
  const seen = new Set<string>();
  for (const { filename } of entries) {
    const key = filename.normalize("NFC").toLowerCase();
    if (seen.has(key)) throw unsafe(source, filename, "is in it twice");
    seen.add(key);
  }
}

/** @throws {DownloadError} If members share bytes of the archive, or all together are far larger than it. */
function refuseBomb(source: ByteSource, entries: readonly FileEntry[]): void {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const packed = entries.reduce((sum, { compressedSize }) => sum + HEADER + compressedSize, 0);
  if (packed > source.size || total > Math.max(HARMLESS, MOST_EXPANSION * source.size)) {
    throw new DownloadError(
      `${source.name} would unpack its ${source.size} bytes to ${total}: that is made to fill disks, ` +
        "and nothing of it was unpacked",
    );
  }
}

function asDownloadError(error: unknown, what: string): Error {
  // The system's failures, such as a full disk, are not the archive's.
  if (error instanceof DownloadError || (error instanceof Error && "syscall" in error)) {
    return error;
  }
  const why = error instanceof Error ? error.message : String(error);
  return new DownloadError(`${what}: ${why}`, { cause: error });
}

/** A source as zip.js reads it. */
class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource;
  readonly #onFailure: (error: unknown) => void;

  constructor(source: ByteSource, onFailure: (error: unknown) => void) {
    super(source);
    this.#source = source;
    this.#onFailure = onFailure;
    this.size = source.size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    try {
      return await this.#source.read(offset, length);
    } catch (error) {
      this.#onFailure(error);
      throw error;
    }
  }
}

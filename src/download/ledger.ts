import { appendFile, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../runtime/files/file_problem.ts";
import { DownloadError } from "../runtime/http/download_error.ts";
import { type Check, type CheckAlgorithm, checkOfFile } from "./check.ts";

/** Another file is where one should go; what was fetched for it is as good as before. */
export class OccupiedError extends DownloadError {
  /** The error's class name. */
  override readonly name = "OccupiedError";

  /** Names the file that is there. */
  constructor(path: string) {
    super(`${path} is there already and is another file: move it away, or choose another folder`);
  }
}

/** A file that was fetched whole. */
export interface LedgerEntry {
  /** Its path in the folder of the corpus. */
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
  /** What it passed when it was fetched. */
  readonly check: Check;
}

/** An archive of which every file was unpacked. */
interface ArchiveEntry {
  readonly archive: string;
  readonly check: Check;
  readonly paths: readonly string[];
}

/**
 * What was fetched into a folder, a line of JSON each: what is there need not be fetched again, and nothing of
 * anybody else's is written over.
 */
export class Ledger {
  readonly #root: string;
  readonly #file: string;
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #archives = new Map<string, ArchiveEntry>();

  private constructor(root: string, file: string) {
    this.#root = root;
    this.#file = file;
  }

  /** The ledger of the folder `root`, in its folder `work`; it need not be there yet. */
  static async open(root: string, work: string): Promise<Ledger> {
    const file = join(work, "done.jsonl");
    const ledger = new Ledger(root, file);
    const text = await readFile(file, "utf8").catch((error) => {
      if (isMissing(error)) return "";
      throw error;
    });
    for (const line of text.split("\n")) {
      try {
        ledger.#know(JSON.parse(line));
      } catch {
        // A power cut leaves half a line: that file is looked at anew.
      }
    }
    return ledger;
  }

  /** What was fetched under a path, if it is still there in its size. */
  async knows(path: string): Promise<LedgerEntry | undefined> {
    const entry = this.#entries.get(path);
    return entry && await this.#sizeOf(path) === entry.bytes ? entry : undefined;
  }

  /**
   * Whether a file is there as it should be. One that the ledger does not know is read and checked.
   *
   * @throws {OccupiedError} If another file of that name is there, which this program did not put there.
   */
  async has(path: string, bytes: number, check: Check): Promise<boolean> {
    const size = await this.#sizeOf(path);
    if (size === undefined) return false;
    const known = this.#entries.get(path);
    if (known) return known.check === check && size === bytes;
    const [algorithm] = check.split(":") as [CheckAlgorithm];
    const isSame = size === bytes && await checkOfFile(join(this.#root, path), algorithm) === check;
    if (!isSame) throw new OccupiedError(join(this.#root, path));
    await this.add({ path, bytes, check });
    return true;
  }

  /** Whether every file of an archive is there as it was unpacked. */
  async hasArchive(archive: string, check: Check): Promise<boolean> {
    const known = this.#archives.get(archive);
    if (known?.check !== check) return false;
    for (const path of known.paths) {
      if (!await this.knows(path)) return false;
    }
    return true;
  }

  /** Enters a file that is there now, or an archive of which every file is. */
  async add(entry: LedgerEntry | ArchiveEntry): Promise<void> {
    this.#know(entry);
    await appendFile(this.#file, `${JSON.stringify(entry)}\n`);
  }

  #know(entry: LedgerEntry | ArchiveEntry): void {
    if ("archive" in entry) this.#archives.set(entry.archive, entry);
    else this.#entries.set(entry.path, entry);
  }

  async #sizeOf(path: string): Promise<number | undefined> {
    try {
      return (await stat(join(this.#root, path))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Patience } from "../runtime/http/patience.ts";
import type { Check } from "./check.ts";
import { Ledger } from "./ledger.ts";

/** The folder in a corpus's folder that holds what is under way. Its name begins with a dot: no clip is sought in it. */
export const WORK_FOLDER = ".download";

/** Where a corpus is put together. */
export class Workplace {
  private constructor(
    /** The folder of the corpus. */
    readonly root: string,
    /** The folder of what is under way. */
    readonly work: string,
    /** What is there already. */
    readonly ledger: Ledger,
    /** How often servers are asked, and how long they are waited for. */
    readonly patience: Patience,
    /** Is told how many more bytes were fetched, and of what. */
    readonly onBytes: (count: number, of: string) => void,
  ) {}

  /** The workplace of the folder `root`, which need not be there yet. */
  static async open(
    root: string,
    patience: Patience,
    onBytes: (count: number, of: string) => void,
  ): Promise<Workplace> {
    const work = join(root, WORK_FOLDER);
    await mkdir(work, { recursive: true });
    const ledger = await Ledger.open(root, work);
    return new Workplace(root, work, ledger, patience, onBytes);
  }

  /** A path for something under way, which no two things have at once. */
  partOf(name: string): string {
    return join(this.work, name);
  }

  /** Puts a finished file where it belongs and enters it into the ledger. */
  async finish(part: string, path: string, bytes: number, check: Check): Promise<void> {
    const target = join(this.root, path);
    await mkdir(dirname(target), { recursive: true });
    await rename(part, target);
    await this.ledger.add({ path, bytes, check });
  }

  /** Removes something under way that is of no use. */
  async drop(part: string): Promise<void> {
    await rm(part, { force: true });
  }
}

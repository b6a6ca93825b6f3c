import { rmSync } from "node:fs";
import { mkdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { removeOld } from "../temporaries.ts";

/** How long what a killed process had lent is left, in ms: longer than any stage goes on without lending. */
const LEFT_MS = 7 * 24 * 3600 * 1000;

/** Folders of this process. */
const own = new Set<string>();

/**
 * A folder of this process alone, in which threads find entries of a bucket and leave what they computed. What is in
 * it is a second name of what the cache holds, or held. It goes when the process ends; of a process that was killed,
 * when another looks a week later.
 */
export class LentFolder {
  /** The folder. */
  readonly dir: string;
  /** How many wait for an entry, or use it. */
  readonly #users = new Map<string, number>();

  private constructor(dir: string) {
    this.dir = dir;
  }

  /**
   * Makes one in the folder `all`.
   *
   * @throws {Error} What the system says, if it cannot be made.
   */
  static async make(all: string): Promise<LentFolder> {
    await mkdir(all, { recursive: true });
    await removeOld(all, LEFT_MS);
    const dir = join(all, crypto.randomUUID());
    await mkdir(dir);
    if (own.size === 0) process.on("exit", removeOwn);
    own.add(dir);
    return new LentFolder(dir);
  }

  /** The file of an entry. */
  path(name: string): string {
    return join(this.dir, name);
  }

  /** Notes one more user of an entry. */
  async take(name: string): Promise<void> {
    this.#users.set(name, (this.#users.get(name) ?? 0) + 1);
    const now = new Date();
    await utimes(this.dir, now, now);
  }

  /** Notes one less, and removes the file when it was the last. */
  async giveBack(name: string): Promise<void> {
    const users = this.#users.get(name)! - 1;
    if (users > 0) return void this.#users.set(name, users);
    this.#users.delete(name);
    await this.remove(name);
  }

  /** Removes the file of an entry that nobody uses. */
  async remove(name: string): Promise<void> {
    if (!this.#users.has(name)) await rm(this.path(name), { force: true });
  }
}

function removeOwn(): void {
  for (const dir of own) rmSync(dir, { recursive: true, force: true });
}

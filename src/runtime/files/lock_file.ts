import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";
import { isMissing, systemCode } from "./file_problem.ts";
import { lacksLinks, linkFile } from "./link_file.ts";
import { writeNewFile } from "./write_new_file.ts";

/** A file that is kept from others. */
export interface FileLock {
  /** Gives it back. */
  release(): Promise<void>;
}

/** The part of Deno that is used here. */
interface DenoFiles {
  open(
    path: string,
    options: { create: boolean; write: boolean },
  ): Promise<{ tryLock(exclusive: boolean): Promise<boolean>; close(): void }>;
}

/**
 * Keeps the file at `path`, which is made where there is none, from other processes of the same runtime that ask in
 * the same way. A process of this machine that ends, however it ends, holds nothing any more.
 *
 * Deno has the system's locks. Node and Bun have none, nor have some file systems of networks: there a file beside it,
 * of the same name with `.pid`, tells whose it is, and what a process of this machine left behind that runs no more is
 * taken over.
 *
 * @returns The lock, or undefined while another has it.
 *
 * @throws {Error} What the system says, if there can be no such file.
 */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  const { Deno } = globalThis as { Deno?: DenoFiles };
  if (Deno) {
    try {
      return await systemLock(Deno, path);
    } catch (error) {
      if (!lacksLocks(error)) throw error;
    }
  }
  return await processLock(pidFile(path));
}

/** What to do about a lock that nobody has: nothing where the system keeps locks. */
export function lockAdvice(path: string): string {
  return existsSync(pidFile(path)) ? ` (if none is, delete ${pidFile(path)})` : "";
}

function pidFile(path: string): string {
  return `${path}.pid`;
}

async function systemLock(deno: DenoFiles, path: string): Promise<FileLock | undefined> {
  const file = await deno.open(path, { create: true, write: true });
  try {
    if (await file.tryLock(true)) return { release: () => Promise.resolve(file.close()) };
  } catch (error) {
    file.close();
    throw error;
  }
  file.close();
}

/** What systems answer where a file system has no locks, and their numbers where Deno tells no names. */
const NO_LOCKS = /^(ENOSYS|ENOTSUP|EOPNOTSUPP|ENOLCK)$|\(os error (37|38|45|78|95)\)/;

function lacksLocks(error: unknown): boolean {
  return NO_LOCKS.test(systemCode(error) ?? "") || NO_LOCKS.test((error as Error).message);
}

/** Whose lock it is. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells one lock of a process from another. */
  readonly id: string;
}

/** The locks that this process has. */
const own = new Set<string>();

async function processLock(path: string): Promise<FileLock | undefined> {
  const id = crypto.randomUUID();
  own.add(id);
  const text = JSON.stringify({ pid: process.pid, host: hostname(), id } satisfies Holder);
  const release = async () => {
    await rm(path, { force: true });
    own.delete(id);
  };
  for (;;) {
    if (await make(path, text)) return { release };
    const held = await readFile(path, "utf8").catch((error) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    // The server made it, and its answer was lost.
    if (held === text) return { release };
    // It was given back at this moment.
    if (held === undefined) continue;
    if (!isLeft(held)) {
      own.delete(id);
      return undefined;
    }
    await takeAway(path, held);
  }
}

/** Makes the file of a lock, whole at once; false where there is one. */
async function make(path: string, text: string): Promise<boolean> {
  const whole = `${path}.${crypto.randomUUID()}`;
  await writeFile(whole, text, { flag: "wx" });
  try {
    return await linkFile(whole, path);
  } catch (error) {
    if (!lacksLinks(error)) throw error;
    return await writeNewFile(path, text);
  } finally {
    await rm(whole, { force: true });
  }
}

/** Whether a lock is of a process of this machine that runs no more. */
function isLeft(held: string): boolean {
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(held);
  } catch {
    return false;
  }
  if (holder.host !== hostname() || !Number.isSafeInteger(holder.pid)) return false;
  // In containers processes have the same numbers again.
  if (holder.pid === process.pid) return !own.has(String(holder.id));
  try {
    process.kill(holder.pid!, 0);
    return false;
  } catch (error) {
    // Another user's process is there, too.
    return (error as { code?: string }).code === "ESRCH";
  }
}

/** Takes a lock that was left out of the way; one that another process put there meanwhile is put back. */
async function takeAway(path: string, left: string): Promise<void> {
  const away = `${path}.${crypto.randomUUID()}`;
  try {
    await rename(path, away);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    const text = await readFile(away, "utf8");
    if (text !== left) await writeNewFile(path, text);
  } finally {
    await rm(away, { force: true });
  }
}

import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";
import { fileProblem, isMissing } from "./file_problem.ts";

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
 * the same way. A process that ends, however it ends, holds nothing any more.
 *
 * Deno has the system's locks. Node and Bun have none: a file beside it, of the same name with `.pid`, tells whose it
 * is, and what a process left behind that runs no more is taken over.
 *
 * @returns The lock, or undefined while another has it.
 *
 * @throws {Error} What the system says, if there can be no such file.
 */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  const { Deno } = globalThis as { Deno?: DenoFiles };
  return Deno ? await systemLock(Deno, path) : await processLock(`${path}.pid`);
}

/** What to do about a lock that nobody has: nothing where the system keeps locks. */
export function lockAdvice(path: string): string {
  return "Deno" in globalThis ? "" : ` (if none is, delete ${path}.pid)`;
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

/** Whose lock it is. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells one lock of a process from another. */
  readonly id: string;
}

async function processLock(path: string): Promise<FileLock | undefined> {
  const id = crypto.randomUUID();
  const holder: Holder = { pid: process.pid, host: hostname(), id };
  const own = `${path}.${id}`;
  await writeFile(own, JSON.stringify(holder), { flag: "wx" });
  try {
    for (;;) {
      try {
        // A link is there at once and whole, or not at all.
        await link(own, path);
        return { release: () => rm(path, { force: true }) };
      } catch (error) {
        if (fileProblem(error) !== "exists") throw error;
      }
      const held = await readFile(path, "utf8").catch((error) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      // It was given back at this moment.
      if (held === undefined) continue;
      if (!isLeft(held)) return undefined;
      await takeAway(path, held);
    }
  } finally {
    await rm(own, { force: true });
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
    if (await readFile(away, "utf8") !== left) await link(away, path);
  } finally {
    await rm(away, { force: true });
  }
}

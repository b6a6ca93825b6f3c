import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";
import { fileProblem } from "./file_problem.ts";

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
}

async function processLock(path: string): Promise<FileLock | undefined> {
  for (;;) {
    try {
      await using file = await open(path, "wx");
      const holder: Holder = { pid: process.pid, host: hostname() };
      await file.writeFile(JSON.stringify(holder));
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (fileProblem(error) !== "exists") throw error;
    }
    if (!await isLeft(path)) return undefined;
    await rm(path, { force: true });
  }
}

/** Whether a process of this machine left a lock that runs no more. */
async function isLeft(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(text);
  } catch {
    // It is being written at this moment, or was given back.
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

import { stat } from "node:fs/promises";
import { readBytes } from "../runtime/files/read_bytes.ts";
import { fileProblem } from "../runtime/files/file_problem.ts";
import { MediaError } from "./media_error.ts";

/**
 * The size of a clip's file in bytes.
 *
 * @throws {MediaError} If there is no such file, or it is not one that can be read to an end.
 */
export async function clipSize(path: string): Promise<number> {
  const info = await stat(path).catch((error) => {
    throw fileError(path, error);
  });
  if (info.isDirectory()) throw new MediaError(path, "a folder, not a file");
  // A pipe or a device may never end.
  if (!info.isFile()) throw new MediaError(path, "not a regular file");
  return info.size;
}

/** A clip that is read as a whole is held in memory, so its size has to have a bound. */
const MOST_BYTES = 2 ** 30;

/**
 * Reads a clip's file.
 *
 * @throws {MediaError} If it cannot be read, or is larger than 1 GB.
 */
export async function readWholeClip(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const size = await clipSize(path);
  if (size > MOST_BYTES) {
    throw new MediaError(path, "larger than 1 GB; cut it, or take the decoder native");
  }
  try {
    return await readBytes(path);
  } catch (error) {
    throw fileError(path, error);
  }
}

/**
 * Turns a failure of the file system into a {@linkcode MediaError} with a reason for people; other
 * errors come back as they are.
 */
export function fileError(path: string, error: unknown): unknown {
  const reason = whyNotRead(error);
  return reason === undefined ? error : new MediaError(path, reason, { cause: error });
}

function whyNotRead(error: unknown): string | undefined {
  const problem = fileProblem(error);
  if (problem === "missing") return "no such file";
  if (problem === "denied") return "the file may not be read; check its permissions";
  // What is left of the system's own errors carries a code, such as EIO; a bug of ours does not.
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? `the file cannot be read (${code})` : undefined;
}

import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { LandmarksError } from "./landmarks_error.ts";

/** The longest line: OpenFace's have about 714 cells. */
const MAX_LINE = 1_000_000;

/**
 * The lines of a text file, gzipped or not, one at a time: the file is never in memory as a whole.
 *
 * @throws {LandmarksError} If the file cannot be read or unpacked, or a line has no end.
 */
export async function* csvLines(file: string): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const text of openText(file)) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      yield* lines.map((line) => line.replace(/\r$/, ""));
      if (rest.length > MAX_LINE) {
        throw new LandmarksError(file, `a line has more than ${MAX_LINE} characters: is it a csv?`);
      }
    }
  } catch (error) {
    if (error instanceof LandmarksError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LandmarksError(file, `cannot be read: ${reason}`, { cause: error });
  }
  if (rest !== "") yield rest;
}

/** The text of a file, in parts. */
async function* openText(file: string): AsyncGenerator<string> {
  const handle = await open(file);
  const first = new Uint8Array(2);
  try {
    await handle.read(first, 0, 2, 0);
  } catch (error) {
    await handle.close();
    throw error;
  }
  // The first two bytes of every gzip file (RFC 1952), whatever its name.
  const isGzip = first[0] === 0x1f && first[1] === 0x8b;
  const stored = handle.createReadStream({ start: 0 });
  // What fails reaches who reads the last of them.
  const bytes = isGzip ? pipeline(stored, createGunzip(), () => {}) : stored;
  const decoder = new TextDecoder();
  for await (const part of bytes) yield decoder.decode(part as Uint8Array, { stream: true });
  yield decoder.decode();
}

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
    for await (const text of await openText(file)) {
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

async function openText(file: string): Promise<ReadableStream<string>> {
  const handle = await Deno.open(file);
  const first = new Uint8Array(2);
  let read: number | null;
  try {
    read = await handle.read(first);
    await handle.seek(0, Deno.SeekMode.Start);
  } catch (error) {
    handle.close();
    throw error;
  }
  // The first two bytes of every gzip file (RFC 1952), whatever its name.
  const isGzip = read === 2 && first[0] === 0x1f && first[1] === 0x8b;
  const bytes = isGzip
    ? handle.readable.pipeThrough(new DecompressionStream("gzip"))
    : handle.readable;
  return bytes.pipeThrough(new TextDecoderStream());
}

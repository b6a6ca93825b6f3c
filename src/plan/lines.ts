import { createReadStream } from "node:fs";

/** Bytes after which lines are written. */
const BLOCK = 2 ** 18;

/** Joins lines to blocks that are worth a write each; every line ends with a line end then. */
export async function* inBlocks(
  lines: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<string> {
  let block: string[] = [];
  let length = 0;
  for await (const line of lines) {
    block.push(line, "\n");
    length += line.length + 1;
    if (length < BLOCK) continue;
    yield block.join("");
    block = [];
    length = 0;
  }
  if (block.length > 0) yield block.join("");
}

/**
 * The lines of a file, or of its bytes from `start` up to `end`, one after the other: memory does not grow with it.
 *
 * @throws {Error} What the system says, if the file cannot be read.
 */
export async function* linesOf(
  path: string,
  [start, end]: readonly [number, number] = [0, Infinity],
): AsyncGenerator<string> {
  if (end <= start) return;
  const input = createReadStream(path, { start, end: end - 1, encoding: "utf8" });
  let begun = "";
  for await (const part of input as AsyncIterable<string>) {
    // Deno's readline ends lines at U+2028 and U+2029 too, which JSON may have in its texts.
    const lines = (begun + part).split("\n");
    begun = lines.pop()!;
    yield* lines;
  }
  if (begun !== "") yield begun;
}

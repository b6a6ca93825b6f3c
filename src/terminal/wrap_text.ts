/** How much further a line's continuation is indented. */
const HANGING = 2;

/**
 * Breaks lines that are longer than `width` characters between words; what follows is indented a little
 * more than the line began. Words longer than a line stay whole, so that paths can be copied.
 *
 * @example
 * ```ts
 * import { wrapText } from "./wrap_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(wrapText("one\n  two three four", 12), "one\n  two three\n    four");
 * assert.equal(wrapText("as long as it likes"), "as long as it likes");
 * ```
 */
export function wrapText(text: string, width = Infinity): string {
  return text.split("\n").map((line) => wrapLine(line, width)).join("\n");
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = line.length - line.trimStart().length;
  const lines: string[] = [];
  let current = line.slice(0, indent);
  let empty = true;
  for (const word of line.slice(indent).split(" ")) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = " ".repeat(indent + HANGING);
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, current].join("\n");
}

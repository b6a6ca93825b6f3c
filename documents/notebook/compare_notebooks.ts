import { decode } from "fast-png";
import type { CellOutput, Notebook } from "../site/read_notebook.ts";

/** How far places in a drawing may lie apart: nobody sees a pixel. */
const PIXEL = 1;
/** How far the brightness of a pixel may differ, from 0 to 255. */
const SHADE = 2;

/**
 * What two runs of a notebook show differently: a text for each cell, with what both show. Texts must be
 * equal; drawings may differ by less than can be seen, for other processors may round otherwise.
 *
 * @param stored The notebook as it is kept.
 * @param fresh The same notebook, run anew.
 *
 * @example
 * ```ts
 * import { compareNotebooks } from "./compare_notebooks.ts";
 * import assert from "node:assert/strict";
 *
 * const showing = (text: string) => ({
 *   cells: [{ kind: "code" as const, source: "x", outputs: [{ data: { "text/plain": text } }] }],
 * });
 * assert.deepEqual(compareNotebooks(showing("1"), showing("1")), []);
 * assert.match(compareNotebooks(showing("1"), showing("2"))[0], /^cell 1 /);
 * ```
 */
export function compareNotebooks(stored: Notebook, fresh: Notebook): string[] {
  const length = Math.max(stored.cells.length, fresh.cells.length);
  return Array.from({ length }).flatMap((_, i) => {
    const [kept, shown] = [stored, fresh].map(({ cells }) => cells[i]?.outputs ?? []);
    if (haveEqualOutputs(kept, shown)) return [];
    const source = (fresh.cells[i] ?? stored.cells[i]).source.split("\n")[0];
    return [`cell ${i + 1} (${source}) shows something else than is kept
--- kept:
${describe(kept)}
--- now:
${describe(shown)}`];
  });
}

function haveEqualOutputs(a: readonly CellOutput[], b: readonly CellOutput[]): boolean {
  return a.length === b.length && a.every(({ data }, i) => {
    const other = b[i].data;
    const types = Object.keys(data);
    return types.length === Object.keys(other).length &&
      types.every((type) => other[type] !== undefined && areEqual(type, data[type], other[type]));
  });
}

function areEqual(type: string, a: string, b: string): boolean {
  if (a === b) return true;
  if (type === "image/png") return areEqualPictures(a, b);
  return type === "image/svg+xml" && areEqualDrawings(a, b);
}

/** The pictures and the numbers in a drawing. */
const PARTS = /(data:image\/png;base64,[^"]+|-?\d+(?:\.\d+)?)/;
const PICTURE = "data:image/png;base64,";

function areEqualDrawings(a: string, b: string): boolean {
  const [left, right] = [a.split(PARTS), b.split(PARTS)];
  return left.length === right.length && left.every((part, i) => {
    if (part === right[i]) return true;
    if (i % 2 === 0) return false;
    if (part.startsWith(PICTURE)) {
      return areEqualPictures(part.slice(PICTURE.length), right[i].slice(PICTURE.length));
    }
    return Math.abs(Number(part) - Number(right[i])) <= PIXEL;
  });
}

function areEqualPictures(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => decode(Uint8Array.fromBase64(text)));
  return left.width === right.width && left.height === right.height &&
    left.channels === right.channels &&
    left.data.every((value, i) => Math.abs(value - right.data[i]) <= SHADE);
}

/** Texts in full; of drawings and pictures their beginning. */
function describe(outputs: readonly CellOutput[]): string {
  const texts = outputs.flatMap(({ data }) =>
    Object.entries(data).map(([type, content]) =>
      type.startsWith("text/")
        ? content
        : `${type}, ${content.length} characters: ${content.slice(0, 400)}`
    )
  );
  return texts.length === 0 ? "nothing" : texts.join("\n");
}

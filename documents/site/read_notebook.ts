import { DocumentError } from "./document_error.ts";

/** What a cell shows. */
export interface CellOutput {
  /** Its forms by their media types. */
  readonly data: Readonly<Record<string, string>>;
}

/** A cell of a notebook. */
export interface NotebookCell {
  /** Whether it is text or code. */
  readonly kind: "markdown" | "code";
  /** What is written in it. */
  readonly source: string;
  /** What running it has shown; nothing for text. */
  readonly outputs: readonly CellOutput[];
}

/** A Jupyter notebook. */
export interface Notebook {
  /** Its cells. */
  readonly cells: readonly NotebookCell[];
}

/** How notebooks are written: texts may be lists of lines. */
interface RawCell {
  readonly cell_type: string;
  readonly source: string | string[];
  readonly outputs?: readonly RawOutput[];
}

interface RawOutput {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, string | string[]>>;
  readonly ename?: string;
  readonly evalue?: string;
}

/**
 * Reads a Jupyter notebook of version 4. What a cell prints becomes an output of `text/plain`, an error one
 * of `application/x-error`.
 *
 * @param name What messages call it.
 * @param text Content of its file.
 *
 * @throws {DocumentError} If it is no such notebook.
 *
 * @example
 * ```ts
 * import { readNotebook } from "./read_notebook.ts";
 * import assert from "node:assert/strict";
 *
 * const cell = { cell_type: "code", source: ["1 +\n", "1"], outputs: [] };
 * const { cells } = readNotebook("sum.ipynb", JSON.stringify({ nbformat: 4, cells: [cell] }));
 * assert.deepEqual(cells, [{ kind: "code", source: "1 +\n1", outputs: [] }]);
 * ```
 */
export function readNotebook(name: string, text: string): Notebook {
  let raw: { nbformat?: number; cells?: readonly RawCell[] };
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new DocumentError(`${name} is no notebook: it is not JSON`, { cause });
  }
  if (raw?.nbformat !== 4 || !Array.isArray(raw.cells)) {
    throw new DocumentError(`${name} is no notebook of version 4`);
  }
  return {
    cells: raw.cells.map(({ cell_type, source, outputs = [] }) => ({
      kind: cell_type === "code" ? "code" : "markdown",
      source: joined(source),
      outputs: outputs.map((output: RawOutput) => ({ data: dataOf(output) })),
    })),
  };
}

function dataOf(
  { output_type, text = "", data = {}, ename, evalue }: RawOutput,
): CellOutput["data"] {
  if (output_type === "stream") return { "text/plain": joined(text) };
  if (output_type === "error") return { "application/x-error": `${ename}: ${evalue}` };
  return Object.fromEntries(Object.entries(data).map(([type, value]) => [type, joined(value)]));
}

function joined(text: string | string[]): string {
  return typeof text === "string" ? text : text.join("");
}

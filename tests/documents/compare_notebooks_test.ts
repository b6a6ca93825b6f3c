import assert from "node:assert/strict";
import { encode } from "fast-png";
import { compareNotebooks } from "../../documents/notebook/compare_notebooks.ts";
import { readNotebook } from "../../documents/site/read_notebook.ts";

const notebook = (...shown: Record<string, string>[]) => ({
  cells: shown.map((data) => ({ kind: "code" as const, source: "show()\n", outputs: [{ data }] })),
});

const png = (...data: number[]) =>
  encode({ data: Uint8Array.from(data), width: data.length, height: 1, channels: 1 }).toBase64();

Deno.test("compareNotebooks() names the cell that shows something else, and prints both", () => {
  const stored = notebook({ "text/markdown": "| 75 % |" }, { "text/markdown": "| 5/7 |" });
  const fresh = notebook({ "text/markdown": "| 75 % |" }, { "text/markdown": "| 6/7 |" });
  const [difference, ...rest] = compareNotebooks(stored, fresh);
  assert.deepEqual(rest, []);
  assert.equal(
    difference,
    "cell 2 (show()) shows something else than is kept\n--- kept:\n| 5/7 |\n--- now:\n| 6/7 |",
  );
});

Deno.test("compareNotebooks() misses no output that is gone, new or of another kind", () => {
  const one = notebook({ "text/plain": "1" });
  const none = { cells: [{ ...one.cells[0], outputs: [] }] };
  for (const other of [none, { cells: [] }, notebook({ "text/html": "1" })]) {
    assert.equal(compareNotebooks(one, other).length, 1);
    assert.equal(compareNotebooks(other, one).length, 1);
  }
});

Deno.test("compareNotebooks() overlooks of drawings and pictures what nobody can see, and nothing else", () => {
  const svg = (x: number, ...shades: number[]) =>
    notebook({
      "image/svg+xml": `<svg><path d="M${x},0"/><image href="data:image/png;base64,${
        png(...shades)
      }"/></svg>`,
    });
  assert.deepEqual(compareNotebooks(svg(10, 0, 100), svg(10.4, 1, 99)), []);
  assert.equal(compareNotebooks(svg(10, 0, 100), svg(12, 0, 100)).length, 1);
  assert.equal(compareNotebooks(svg(10, 0, 100), svg(10, 0, 110)).length, 1);
  assert.equal(compareNotebooks(svg(10, 0, 100), svg(10, 0, 100, 0)).length, 1);
  const picture = (...shades: number[]) => notebook({ "image/png": png(...shades) });
  assert.deepEqual(compareNotebooks(picture(5, 6), picture(6, 5)), []);
  assert.equal(compareNotebooks(picture(5, 6), picture(50, 6)).length, 1);
});

Deno.test("readNotebook() refuses what is no notebook, by name", () => {
  assert.throws(
    () => readNotebook("a.ipynb", "{"),
    /^DocumentError: a\.ipynb is no notebook: it is not JSON/,
  );
  assert.throws(
    () => readNotebook("a.ipynb", '{"nbformat":3}'),
    /a\.ipynb is no notebook of version 4/,
  );
});

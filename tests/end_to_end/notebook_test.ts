import assert from "node:assert/strict";
import { join } from "node:path";
import { compareNotebooks } from "../../documents/notebook/compare_notebooks.ts";
import { preparePython } from "../../documents/notebook/prepare_python.ts";
import { runNotebook } from "../../documents/notebook/run_notebook.ts";
import { readNotebook } from "../../documents/site/read_notebook.ts";
import { ROOT } from "../import_graph.ts";
import { testWith } from "../needs.ts";

const NOTEBOOK = "notebooks/tutorial.ipynb";

await testWith(
  ["jupyter"],
  "the tutorial's notebook runs, and every cell shows what is kept of it",
  async () => {
    const path = join(ROOT, NOTEBOOK);
    const stored = readNotebook(NOTEBOOK, await Deno.readTextFile(path));
    const fresh = readNotebook(NOTEBOOK, await runNotebook(await preparePython(), path));
    const differences = compareNotebooks(stored, fresh);
    assert.equal(differences.join("\n\n"), "", `run "deno task notebook" and look at what changed`);
  },
);

await testWith(
  ["jupyter"],
  "runNotebook() keeps what a cell shows, though the kernel may send it after the cell's end",
  async () => {
    const sources = Array.from({ length: 150 }, (_, i) => i % 2 ? `console.log(${i})` : `${i}`);
    await withNotebook(sources, async (path) => {
      const { cells } = readNotebook("many.ipynb", await runNotebook(await preparePython(), path));
      assert.deepEqual(
        cells.map(({ outputs }) => outputs.map(({ data }) => data["text/plain"].trim())),
        sources.map((_, i) => [`${i}`]),
      );
    });
  },
);

await testWith(
  ["jupyter"],
  "runNotebook() names the cell that fails and what went wrong",
  async () => {
    const sources = ["const answer = 42;", "throw new Error(`not ${answer}`);"];
    await withNotebook(sources, async (path) => {
      const text = await Deno.readTextFile(path);
      await assert.rejects(runNotebook(await preparePython(), path), (error: Error) => {
        assert.equal(error.name, "NotebookError");
        assert.match(error.message, /a cell failed[^]*throw new Error\(`not[^]*not 42/);
        return true;
      });
      assert.equal(await Deno.readTextFile(path), text);
    });
  },
);

/** Writes a notebook of cells that were never run, for as long as it is used. */
async function withNotebook(sources: string[], use: (path: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    const path = join(dir, "cells.ipynb");
    const cells = sources.map((source, i) => ({
      id: `cell${i}`,
      cell_type: "code",
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    }));
    await Deno.writeTextFile(
      path,
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
    );
    await use(path);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("what is kept of the notebook is small, and shows no error and no path of a machine", async () => {
  const text = await Deno.readTextFile(join(ROOT, NOTEBOOK));
  assert(text.length < 1.5e6, `${text.length} characters`);
  const { cells } = readNotebook(NOTEBOOK, text);
  const code = cells.filter(({ kind }) => kind === "code");
  assert(code.filter(({ outputs }) => outputs.length > 0).length > code.length / 2);
  for (const [i, { outputs }] of cells.entries()) {
    for (const { data } of outputs) {
      assert.equal(data["application/x-error"], undefined, `cell ${i + 1}`);
      assert.doesNotMatch(
        JSON.stringify(data),
        /file:\/\/|\/home\/|\/root\/|\/tmp\//,
        `cell ${i + 1}`,
      );
    }
  }
});

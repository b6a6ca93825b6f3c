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
  "runNotebook() names the cell that fails and what went wrong",
  async () => {
    const dir = await Deno.makeTempDir();
    try {
      const path = join(dir, "wrong.ipynb");
      const cell = (id: string, source: string) => ({
        id,
        cell_type: "code",
        source,
        metadata: {},
        outputs: [],
        execution_count: null,
      });
      const cells = [
        cell("a", "const answer = 42;"),
        cell("b", "throw new Error(`not ${answer}`);"),
      ];
      const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
      await Deno.writeTextFile(path, text);
      await assert.rejects(runNotebook(await preparePython(), path), (error: Error) => {
        assert.equal(error.name, "NotebookError");
        assert.match(error.message, /a cell failed[^]*throw new Error\(`not[^]*not 42/);
        return true;
      });
      assert.equal(await Deno.readTextFile(path), text);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
);

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

/**
 * `deno task notebook`: runs the notebook of the tutorial and writes its outputs anew.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { NotebookError } from "../../documents/notebook/notebook_error.ts";
import { PythonError } from "../../documents/python_environment.ts";
import { preparePython } from "../../documents/notebook/prepare_python.ts";
import { runNotebook } from "../../documents/notebook/run_notebook.ts";
import { writeFileAtomically } from "../../src/runtime/write_file_atomically.ts";
import { command, runCommand } from "../command.ts";

const NOTEBOOK = fileURLToPath(new URL("../../notebooks/tutorial.ipynb", import.meta.url));

await runCommand(
  command("notebook", "Run the notebook of the tutorial and write its outputs anew."),
  async () => {
    console.error("Python with what runs notebooks, from PyPI where it is not there yet");
    const python = await preparePython();
    const onProgress = (line: string) => console.error(line);
    await writeFileAtomically(NOTEBOOK, await runNotebook(python, NOTEBOOK, { onProgress }));
    console.error(NOTEBOOK);
  },
  [NotebookError, PythonError],
);

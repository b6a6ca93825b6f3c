"""Runs the cells of a Jupyter notebook, and prints it with their outputs.

execute.py NOTEBOOK FOLDER: FOLDER is where the cells are run. A cell that fails ends the run with exit code 1
and says on standard error which cell it was and what went wrong.
"""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def tell(cell, cell_index, **_):
    print(f"cell {cell_index + 1} of {count}", file=sys.stderr, flush=True)


path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
count = len(notebook.cells)
client = NotebookClient(
    notebook,
    kernel_name="deno",
    timeout=1800,
    resources={"metadata": {"path": folder}},
    record_timing=False,
    on_cell_execute=tell,
)
try:
    client.execute()
except CellExecutionError as error:
    sys.exit(f"a cell failed:\n{error}")
sys.stdout.write(nbformat.writes(notebook))

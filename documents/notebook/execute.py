"""Runs the cells of a Jupyter notebook, and prints it with their outputs.

execute.py NOTEBOOK FOLDER: FOLDER is where the cells are run. A cell that fails ends the run with exit code 1
and says on standard error which cell it was and what went wrong.
"""

import asyncio
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError

# How long the kernel must be silent after the last cell until nothing more is awaited, in seconds.
SILENCE = 2


class PatientClient(NotebookClient):
    """Deno's kernel sends what a cell shows from another task than that cell's end, so that it may come after
    it, while the next cell runs; nbclient drops it then. Here every output goes to the cell that it names."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.cell_of_request = {}

    async def async_execute_cell(self, cell, cell_index, **options):
        done = await super().async_execute_cell(cell, cell_index, **options)
        if cell_index == len(self.nb.cells) - 1:
            await self.await_the_rest()
        return done

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        self.cell_of_request[parent_msg_id] = cell, cell_index
        while True:
            try:
                await self.take_message()
            except CellExecutionComplete:
                return

    async def await_the_rest(self):
        while True:
            try:
                await asyncio.wait_for(self.take_message(), SILENCE)
            except asyncio.TimeoutError:
                return

    async def take_message(self):
        message = await self.kc.iopub_channel.get_msg(timeout=None)
        request = message["parent_header"].get("msg_id")
        if request in self.cell_of_request:
            self.process_message(message, *self.cell_of_request[request])


def tell(cell, cell_index, **_):
    print(f"cell {cell_index + 1} of {count}", file=sys.stderr, flush=True)


path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
count = len(notebook.cells)
client = PatientClient(
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
print(nbformat.writes(notebook))

import assert from "node:assert/strict";
import { join } from "node:path";
import { benchStore } from "../../bench/store/store.ts";
import { storeTable } from "../../bench/store/store_table.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("benchStore() measures a store as it grows, and storeTable() shows it", () =>
  withFolder(async (dir) => {
    const rows = await benchStore({ dir: join(dir, "store"), sizes: [10, 1010], times: 3 });
    assert.deepEqual(rows.map(({ entries }) => entries), [10, 1010]);
    for (const row of rows) {
      for (const { ms } of [row.open, row.found, row.missing, row.read, row.added]) assert(ms > 0);
    }
    const table = storeTable(rows);
    for (const { memoryMb } of rows) assert(table.includes(memoryMb.toFixed(0)));
    assert.deepEqual(Array.from(Deno.readDirSync(dir)), [], "the store is gone");
  }));

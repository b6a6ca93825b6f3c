import assert from "node:assert/strict";
import { benchPool } from "../../bench/pool.ts";
import { poolTable } from "../../bench/pool_table.ts";

Deno.test("benchPool() compares pools that embed alike, and poolTable() shows it", async () => {
  const rows = await benchPool({ rounds: 1, frames: 1 });
  assert.deepEqual(rows.map(({ backbone, workers }) => `${backbone} ${workers}`), [
    ...["vgg16-random 1", "vgg16-random 2", "faceres 1", "faceres 2"],
  ]);
  for (const { framesPerSecond } of rows) assert.ok(framesPerSecond > 0);
  assert.deepEqual(rows.filter(({ workers }) => workers === 1).map(({ ratio }) => ratio), [1, 1]);
  const table = poolTable(rows);
  for (const { ratio } of rows) assert.ok(table.includes(ratio.toFixed(2)));
});

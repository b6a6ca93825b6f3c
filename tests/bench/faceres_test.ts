import assert from "node:assert/strict";
import { benchFaceres } from "../../bench/faceres.ts";
import { faceresTable } from "../../bench/faceres_table.ts";

Deno.test("benchFaceres() compares and times both networks, and faceresTable() shows it", async () => {
  const rows = await benchFaceres({ rounds: 1 });
  assert.deepEqual(rows.map(({ batch }) => batch), [1, 8]);
  for (const { graphMs, emofuseMs, ratio, difference } of rows) {
    assert.ok(graphMs > 0 && emofuseMs > 0);
    assert.equal(ratio, emofuseMs / graphMs);
    assert.ok(difference <= 1e-4);
  }
  const table = faceresTable(rows);
  for (const { ratio } of rows) assert.ok(table.includes(ratio.toFixed(3)));
});

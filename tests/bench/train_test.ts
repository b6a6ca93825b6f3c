import assert from "node:assert/strict";
import { benchTrain } from "../../bench/train/train.ts";
import { trainTable } from "../../bench/train/train_table.ts";

Deno.test("benchTrain() compares and times training by tfjs's own kernels, and trainTable() shows it", async () => {
  const rows = await benchTrain({ rounds: 1, rows: 8, cases: ["cnn2d 128 x 64"] });
  assert.deepEqual(rows.map(({ name }) => name), ["Emofuse", "tfjs's own WASM kernels"]);
  const [emofuse, stock] = rows;
  assert.equal(emofuse.ratio, 1);
  assert.equal(stock.ratio, stock.ms / emofuse.ms);
  assert(Math.abs(stock.loss - emofuse.loss) <= 5e-3 * emofuse.loss);
  assert(stock.loss < Math.log(8) + 1);
  const table = trainTable(rows);
  for (const { loss } of rows) assert.ok(table.includes(loss.toFixed(5)));
});

Deno.test("benchTrain() says when its Python cannot be used", async () => {
  const options = { rounds: 1, rows: 8, cases: ["cnn2d 128 x 64"] as const };
  await assert.rejects(
    benchTrain({ ...options, python: "no-such-python" }),
    /--python no-such-python cannot be started/,
  );
});

import assert from "node:assert/strict";
import { benchWhisper } from "../../bench/whisper/whisper.ts";
import { whisperTable } from "../../bench/whisper/whisper_table.ts";
import { testWith } from "../needs.ts";

Deno.test("benchWhisper() compares and times tfjs's own kernels, and whisperTable() shows it", async () => {
  const rows = await benchWhisper({ rounds: 1, seconds: [1], onnxruntime: false });
  assert.deepEqual(rows.map(({ name }) => name), ["Emofuse", "tfjs's own WASM kernels"]);
  const [emofuse, stock] = rows;
  assert.equal(emofuse.ratio, 1);
  assert.equal(stock.ratio, emofuse.ms / stock.ms);
  assert(stock.difference > 0 && stock.difference < 1e-4);
  assert.ok(whisperTable(rows).includes(stock.ms.toFixed(1)));
});

await testWith(
  ["deno", "onnxruntime"],
  "benchWhisper() gives onnxruntime the same encoder, of odd lengths too",
  async () => {
    const rows = await benchWhisper({ rounds: 1, seconds: [0.11] });
    assert.deepEqual(rows.map(({ name }) => name.split(" ")[0]).slice(2), [
      "onnxruntime-web",
      "onnxruntime-node",
    ]);
    for (const { name, difference } of rows) assert(difference < 1e-4, `${name}: ${difference}`);
  },
);

Deno.test("benchWhisper() says what ctranslate2 cannot be run for", async () => {
  await assert.rejects(benchWhisper({ python: "python" }), /needs a model/);
  await assert.rejects(benchWhisper({ model: "no-such-folder" }), /no-such-folder.model\.bin: /);
});

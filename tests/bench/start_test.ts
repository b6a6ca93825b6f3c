import assert from "node:assert/strict";
import { join } from "node:path";
import { benchStart } from "../../bench/start/start.ts";
import { startTable } from "../../bench/start/start_table.ts";
import { missing } from "../needs.ts";
import { voiceBundle } from "../recognize/voice_bundle.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("benchStart() measures what is there, and startTable() shows it", async () => {
  await withFolder(async (dir) => {
    const model = join(dir, "voice.emofuse");
    await Deno.writeFile(model, await voiceBundle());
    const bench = await benchStart({ model, rounds: 1 });
    assert.equal(bench.asked, "4 s of voice as WAV");
    assert.deepEqual(bench.rows.map(({ runtime }) => runtime), [
      ...["Deno", "Node", "workerd", "Chromium"],
    ]);
    const [deno, ...bundled] = bench.rows;
    assert.ok(deno.best!.first > deno.best!.each && deno.best!.each > 0);
    assert.equal(deno.size, undefined);
    for (const [i, need] of (["node", "workerd", "chromium"] as const).entries()) {
      const { runtime, size, best } = bundled[i];
      assert.ok(size!.files > size!.compressed && size!.compressed > 0.05, runtime);
      assert.equal(best !== undefined, await missing(need) === "", runtime);
      if (best) assert.ok(best.first >= best.each && best.each > 0, runtime);
      if (best && Deno.build.os === "linux") assert.ok(best.memory!.own > 5, runtime);
    }
    assert.match(startTable(bench), /│ workerd +│ +\d+\.\d │ +\d+\.\d │/);
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { RunFolder, RunFolderError } from "../../src/pipeline/run/run_folder.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("a run refuses a folder that holds somebody else's files of the names of its own", () =>
  withFolder(async (dir) => {
    const put = (name: string, text: string) => Deno.writeTextFile(join(dir, name), text);
    await put("thesis.txt", "of no concern");
    await (await RunFolder.prepare(dir))[Symbol.asyncDispose]();
    await Deno.mkdir(join(dir, "models"));
    await put("models/best.pt", "weights");
    await assert.rejects(
      RunFolder.prepare(dir),
      (error) =>
        error instanceof RunFolderError &&
        error.message.endsWith(
          ": models in it was not written by a run of Emofuse; move it away, or take another folder",
        ),
    );
    await put("results.json", '{"accuracy": 1}');
    await assert.rejects(RunFolder.prepare(dir), /results\.json in it was not written by a run/);
    await put("results.json", '{\n  "schema": "emofuse.results/1"\n}');
    await (await RunFolder.prepare(dir))[Symbol.asyncDispose]();
    await put("run.lock.json", "{}");
    await assert.rejects(RunFolder.prepare(dir), /run\.lock\.json in it was not written by a run/);
    assert.equal(await Deno.readTextFile(join(dir, "models/best.pt")), "weights");
    const names = Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();
    assert(!names.includes(".models"), names.join());
  }));

import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { bundleCode } from "../../adapters/bundle/bundle_code.ts";
import { CodeBundleError } from "../../adapters/bundle/bundle_error.ts";
import { edgeFiles } from "../../adapters/bundle/edge_files.ts";
import {
  MARKER_FILE,
  OccupiedFolderError,
  writeFolder,
} from "../../adapters/bundle/write_folder.ts";
import { licenceTexts } from "../../adapters/bundle/licence_texts.ts";
import { voiceBundle } from "../recognize/voice_bundle.ts";
import { ROOT, runTask } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";

const names = (dir: string) => Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();

Deno.test("deno task bundle writes a folder for each runtime, with the model", () =>
  withFolder(async (dir) => {
    const model = join(dir, "voice.emofuse");
    await Deno.writeFile(model, await voiceBundle());
    const { code, said } = await runTask("bundle", "--model", model, "--out", join(dir, "edge"));
    assert.equal(code, 0, said);
    assert.deepEqual(names(join(dir, "edge")), ["browser", "node", "workerd"]);
    for (const target of ["browser", "node", "workerd"]) {
      assert.ok(names(join(dir, "edge", target)).includes("model.emofuse"), target);
      const licences = await Deno.readTextFile(join(dir, "edge", target, "LICENSES.txt"));
      assert.match(licences, /^Emofuse\n\nMIT License/);
      assert.match(licences, /assemblyscript [\d.]+ \(Apache-2\.0\)/);
      const packages: Record<string, RegExp> = {
        "jpeg-js": /jpeg-js [\d.]+ \(BSD-3-Clause\)[^]*Redistributions in binary form/,
        "@tensorflow/tfjs-core": /tfjs-core [\d.]+ \(Apache-2\.0\)[^]*Apache License/,
        "@ffmpeg/core":
          /core [\d.]+ \(GPL-2\.0-or-later\); source: \S+ffmpeg\.wasm[^]*GNU GENERAL PUBLIC LICENSE/,
        "seedrandom": /seedrandom [\d.]+ \(MIT\)[^]*David Bau/,
      };
      // The model only listens: its edge worker has nothing of tfjs.
      const there = { browser: [1, 2, 3], node: [0, 1, 3], workerd: [0] }[target];
      Object.values(packages).forEach((text, i) =>
        assert.equal(text.test(licences), there!.includes(i), `${target}: ${text}`)
      );
    }
    assert.ok(names(join(dir, "edge", "workerd")).includes("wrangler.json"));
  }));

Deno.test("deno task bundle says what is wrong with a target or model", () =>
  withFolder(async (dir) => {
    const none = await runTask("bundle", "--target", "workerd", "--no-model", "--out", dir);
    assert.equal(none.code, 2);
    assert.match(none.said, /--target workerd .* its model; allowed: without --no-model/);
    const wrong = await runTask("bundle", "--target", "toaster");
    assert.equal(wrong.code, 2);
    assert.match(wrong.said, /browser, node, workerd/);
    const file = join(dir, "wrong.emofuse");
    await Deno.writeTextFile(file, "x".repeat(100));
    const bad = await runTask("bundle", "--model", file, "--out", dir);
    assert.equal(bad.code, 1);
    assert.match(bad.said, /^error: --model .*wrong\.emofuse: this is not an Emofuse bundle/);
    const absent = await runTask("bundle", "--model", join(dir, "no.emofuse"), "--out", dir);
    assert.equal(absent.code, 2);
    assert.match(absent.said, /^error: --model .*no\.emofuse cannot be read: .+\n$/);
  }));

Deno.test("bundleCode() names the module that is missing", async () => {
  await assert.rejects(
    bundleCode({ entries: { page: "adapters/page/no_such_file.ts" }, node: false }),
    (error) => error instanceof CodeBundleError && /no_such_file\.ts/.test(error.message),
  );
});

Deno.test("edgeFiles() needs a model for edge workers only", async () => {
  await assert.rejects(edgeFiles("workerd"), CodeBundleError);
  assert.ok(!(await edgeFiles("browser")).has("model.emofuse"));
});

Deno.test("licenceTexts() refuses a package that brings no licence", () =>
  withFolder(async (dir) => {
    const write = (json: unknown, readme: string) =>
      Promise.all([
        Deno.writeTextFile(join(dir, "package.json"), JSON.stringify(json)),
        Deno.writeTextFile(join(dir, "README.md"), readme),
      ]);
    await write({ name: "some", version: "1.0.0", license: "MIT" }, "## License\n\nMIT\n");
    await assert.rejects(
      licenceTexts([relative(ROOT, dir)]),
      { name: "CodeBundleError", message: "some 1.0.0 brings no text of its licence (MIT)" },
    );
    await write({ name: "some", version: "1.0.0", license: "Apache-2.0" }, "");
    assert.match(
      await licenceTexts([relative(ROOT, dir)]),
      /\nsome 1\.0\.0 \(Apache-2\.0\)\n\n *Apache License/,
    );
  }));

Deno.test("writeFolder() replaces a folder as a whole", () =>
  withFolder(async (dir) => {
    const folder = join(dir, "page");
    await writeFolder(
      folder,
      new Map([["old.js", new Uint8Array(1)], ["a.js", new Uint8Array(1)]]),
    );
    await writeFolder(folder, new Map([["a.js", new Uint8Array(2)]]));
    assert.deepEqual(names(folder), [MARKER_FILE, "a.js"]);
    assert.equal(Deno.statSync(join(folder, "a.js")).size, 2);
    assert.deepEqual(names(dir), ["page"]);
  }));

Deno.test("writeFolder() fills a folder that is empty, and leaves one with files of others", () =>
  withFolder(async (dir) => {
    const files = new Map([["a.js", new Uint8Array(1)]]);
    await Deno.mkdir(join(dir, "empty"));
    await writeFolder(join(dir, "empty"), files);
    assert.deepEqual(names(join(dir, "empty")), [MARKER_FILE, "a.js"]);

    await Deno.mkdir(join(dir, "node"));
    await Deno.writeTextFile(join(dir, "node", "mine.txt"), "mine");
    await Deno.writeTextFile(join(dir, "file"), "mine");
    for (const name of ["node", "file"]) {
      await assert.rejects(
        writeFolder(join(dir, name), files),
        (error) => error instanceof OccupiedFolderError && error.message.includes(join(dir, name)),
      );
    }
    assert.deepEqual(names(join(dir, "node")), ["mine.txt"]);
    assert.equal(await Deno.readTextFile(join(dir, "file")), "mine");
    assert.deepEqual(names(dir), ["empty", "file", "node"]);
  }));

Deno.test("deno task bundle replaces its own folders, and refuses to delete those of others", () =>
  withFolder(async (dir) => {
    for (let i = 0; i < 2; i++) {
      const { code, said } = await runTask("bundle", "--target", "browser", "--out", dir);
      assert.equal(code, 0, said);
    }
    await Deno.mkdir(join(dir, "node"));
    await Deno.writeTextFile(join(dir, "node", "mine.txt"), "mine");
    const { code, said } = await runTask("bundle", "--out", dir);
    assert.equal(code, 2);
    assert.match(said, /^error: --out .*node holds files that are not Emofuse's.*\n$/);
    assert.equal(await Deno.readTextFile(join(dir, "node", "mine.txt")), "mine");
  }));

Deno.test("deno task bundle names --out when it cannot be written", async () => {
  const { code, said } = await runTask("bundle", "--out", "/proc/x");
  assert.equal(code, 2);
  assert.match(said, /^error: --out \/proc\/x cannot be written: .+\n$/);
});

import assert from "node:assert/strict";
import {
  listWeights,
  readRegistry,
  register,
  type RegisteredWeights,
} from "../../src/weights/weights_registry.ts";
import { withFolder } from "../with_folder.ts";

/** Of a file that holds "abc". */
const ENTRY: RegisteredWeights = {
  backbone: "vgg16-face",
  source: { name: "safetensors", file: "a.h5", bytes: 3, sha256: "00" },
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  bytes: 3,
  weightsHash: "11",
  dtype: "float32",
  preprocessing: { channels: "bgr", means: [1, 2, 3] },
  licence: "none",
};

Deno.test("register() keeps the other files' entries and replaces that of the same file", () =>
  withFolder(async (dir) => {
    assert.deepEqual(await readRegistry(dir), {});
    await register(`${dir}/b`, ENTRY);
    await register(`${dir}/a`, ENTRY);
    await register(`${dir}/b`, { ...ENTRY, licence: "another" });
    assert.deepEqual(Object.entries(await readRegistry(dir)), [
      ["a", ENTRY],
      ["b", { ...ENTRY, licence: "another" }],
    ]);
    assert.deepEqual(Array.from(Deno.readDirSync(dir), ({ name }) => name), ["registry.json"]);
  }));

Deno.test("listWeights() tells which files are as they were written", () =>
  withFolder(async (dir) => {
    for (const file of ["changed", "missing", "ok"]) await register(`${dir}/${file}`, ENTRY);
    await Deno.writeTextFile(`${dir}/ok`, "abc");
    await Deno.writeTextFile(`${dir}/changed`, "abd");
    assert.deepEqual((await listWeights(dir)).map(({ file, state }) => [file, state]), [
      ["changed", "changed"],
      ["missing", "missing"],
      ["ok", "ok"],
    ]);
  }));

Deno.test("readRegistry() says that a registry is damaged, and register() leaves it alone", () =>
  withFolder(async (dir) => {
    for (const text of ["{", "null", '{"schema":"emofuse.weights/9","weights":{}}']) {
      await Deno.writeTextFile(`${dir}/registry.json`, text);
      await assert.rejects(register(`${dir}/a`, ENTRY), {
        name: "WeightsError",
        message: /registry\.json is not a registry of the form emofuse\.weights\/1: move it away/,
      });
      assert.equal(await Deno.readTextFile(`${dir}/registry.json`), text);
    }
  }));

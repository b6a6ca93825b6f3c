import assert from "node:assert/strict";
import { join } from "node:path";
import { openEar } from "../../models/ears.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { roundTensors } from "../../src/weights/round_tensors.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { withFolder } from "../with_folder.ts";
import { callTask } from "./cli.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

const FILES = ["LICENCES", "README.md", "default.emofuse"];

Deno.test("pretrain makes the same bundle, card and licences twice, and predict takes it", async () => {
  await withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 4, takes: 2 });
    await writeToneCorpus(join(dir, "others"), { actors: 2, takes: 2, from: 5 });
    const { file: { tensors, metadata } } = openEar(await Deno.readFile(await tinyEar()));
    const ear = encodeSafetensors(roundTensors(tensors, "int8"), metadata);
    await Deno.writeFile(join(dir, "ear.safetensors"), ear);
    const args = ["--data", "clips", "--ear", "ear.safetensors", "--workers", "2"];
    const make = async (out: string) => {
      // A store of its own: everything is made anew.
      const own = ["--test", "ravdess=others", "--out", out, "--store", `${out}-store`];
      const { code, err, out: said } = await callTask("pretrain", [...args, ...own], { from: dir });
      assert.equal(code, 0, err.join("\n"));
      return {
        said,
        files: await Promise.all(FILES.map((name) => Deno.readFile(join(dir, out, name)))),
      };
    };
    const first = await make("first");
    const again = await make("again");
    FILES.forEach((name, i) => assert.deepEqual(again.files[i], first.files[i], name));

    const [licences, readme] = first.files.map((bytes) => new TextDecoder().decode(bytes));
    assert.equal(first.said.trim(), readme.trim());
    assert.match(readme, /3 speakers, asked about the 4 clips of the 1 others \(4 to 4\)/);
    assert.match(readme, /2024\/1689.*Article 5\(1\)\(f\)/);
    assert.match(readme, /\| telephone +\|/);
    assert.match(readme, /\| RAVDESS, others +\| voice +\| 8 +\| 2 +\|/);
    assert.match(readme, /The voice does not know: .*surprised/);
    assert.match(licences, /RAVDESS[^]*Copyright \(c\) 2022 OpenAI/);
    const { card } = await decodeBundle(first.files[2]);
    assert.equal(card.corpus.speakers.length, 4);
    assert.equal(card.protocol.rows[0].n, 4);

    const said = await callTask("predict", [
      ...["clips/03-01-02-01-01-01-01.wav", "--model", "first/default.emofuse", "--json"],
    ], { from: dir });
    assert.equal(said.code, 0, said.said);
    assert.deepEqual(Object.keys(JSON.parse(said.out)[0].probabilities), card.labels);
  });
});

Deno.test("pretrain with an ear in floating point: refused, with the way to the right one", async () => {
  await withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 2, takes: 2 });
    const args = ["--data", "clips", "--ear", await tinyEar(), "--out", "out"];
    const { code, err } = await callTask("pretrain", args, { from: dir });
    assert.equal(code, 1);
    assert.match(
      err.at(-1)!,
      /^error: .*ear\.safetensors is not stored in whole numbers.*--dtype int8/,
    );
  });
});

Deno.test("pretrain with a --test of a corpus that there is not: refused, by the flag's name", async () => {
  const args = ["--data", ".", "--ear", "ear.st", "--test", "moon=."];
  const { code, err } = await callTask("pretrain", args);
  assert.equal(code, 2);
  assert.match(err.at(-1)!, /^error: --test moon=\.: there is no corpus "moon"; allowed: ravdess/);
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { edgeFiles } from "../../adapters/bundle/edge_files.ts";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { drawClip } from "../../src/corpus/synthetic/draw_clip.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { defaultModel } from "../../src/recognize/default/default_model.ts";
import { loadDefaultRecognizer } from "../../src/recognize/default/load_default_recognizer.ts";
import { testWith } from "../needs.ts";
import { withFolder } from "../with_folder.ts";
import { callTask } from "./cli.ts";
import { toneWav } from "./tone_corpus.ts";

const FOLDER = new URL("./", defaultModel());

/** Once a task, and no more: the line that says which model it is. */
const TOLD = /model: the default that comes with Emofuse; models\/pretrained\/README\.md/g;

Deno.test("predict without --model takes the model that comes with Emofuse, and says so once", async () => {
  await withFolder(async (dir) => {
    for (const [i, name] of ["a.wav", "b.wav"].entries()) {
      await Deno.writeFile(join(dir, name), await toneWav(0.1 + i));
    }
    const said = await callTask("predict", ["a.wav", "b.wav", "--json"], { from: dir });
    assert.equal(said.code, 0, said.said);
    assert.equal(said.said.match(TOLD)?.length, 1);
    const { card } = await decodeBundle(await Deno.readFile(defaultModel()));
    const clips: { probabilities: Record<string, number> }[] = JSON.parse(said.out);
    assert.equal(clips.length, 2);
    for (const { probabilities } of clips) {
      assert.deepEqual(Object.keys(probabilities), card.labels);
      assert.ok(Math.abs(Object.values(probabilities).reduce((a, b) => a + b) - 1) < 1e-6);
    }
  });
});

Deno.test("predict without a clip takes a drawn one, and says that it feels nothing", async () => {
  const { code, out, said } = await callTask("predict", ["--jsonl"]);
  assert.equal(code, 0, said);
  assert.match(
    said,
    /no clip is named: a drawn face .* which feels nothing; yours: deno task predict CLIP/,
  );
  assert.match(JSON.parse(out).clip, /drawn\.mp4$/);
});

Deno.test("the card beside the model is of this model, which is free to use and small", async () => {
  const bytes = await Deno.readFile(defaultModel());
  const readme = await Deno.readTextFile(new URL("README.md", FOLDER));
  const licences = await Deno.readTextFile(new URL("LICENCES", FOLDER));
  assert.ok(readme.includes(await sha256Hex(bytes)), "deno task pretrain writes both");
  const { card } = await decodeBundle(bytes);
  assert.doesNotMatch(`${card.licence.weights} ${card.corpus.licence}`, /BY-NC|research only/i);
  assert.match(readme, /Regulation \(EU\) 2024\/1689\) forbids/);
  assert.match(licences, /Open Database License[^]*Copyright \(c\) 2022 OpenAI/);
  let total = 0;
  for await (const { name } of Deno.readDir(FOLDER)) {
    total += (await Deno.stat(new URL(name, FOLDER))).size;
  }
  assert.ok(total < 14e6, `${total}`);
});

await testWith(["node"], "Node's library loads the same model from beside its code", async () => {
  await withFolder(async (dir) => {
    const bytes = await Deno.readFile(defaultModel());
    const { card } = await decodeBundle(bytes);
    await writeFolder(join(dir, "node"), await edgeFiles("node", { bytes, card }));
    // A voice, though computed: of a tone features are so far off that rounding shows.
    const { samples, sampleRate } = drawClip();
    const program = `import { loadDefaultRecognizer } from "./emofuse.js";
const recognizer = await loadDefaultRecognizer();
const samples = Float32Array.from(${JSON.stringify([...samples])});
console.log(JSON.stringify(recognizer.predict({ samples, sampleRate: ${sampleRate} }).probabilities));`;
    await Deno.writeTextFile(join(dir, "node", "program.js"), program);
    const { code, stdout, stderr } = await new Deno.Command("node", {
      args: ["program.js"],
      cwd: join(dir, "node"),
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const recognizer = await loadDefaultRecognizer();
    const { probabilities } = recognizer.predict({ samples, sampleRate });
    recognizer.dispose();
    const there: Record<string, number> = JSON.parse(new TextDecoder().decode(stdout));
    assert.deepEqual(Object.keys(there), card.labels);
    for (const label of card.labels) {
      assert.ok(Math.abs(there[label] - probabilities[label]) < 1e-4, label);
    }
  });
});

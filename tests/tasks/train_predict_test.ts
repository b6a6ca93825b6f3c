import assert from "node:assert/strict";
import { join } from "node:path";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { ravdessTest } from "../ravdess.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { runTask } from "./cli.ts";

const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));
const at = (...parts: string[]) => join(dir, ...parts);

Deno.test("train and predict go from the synthetic corpus to a prediction of each clip", async () => {
  const corpus = await syntheticCorpus(2);
  const flags = ["--modality", "audio", "--store", at("store"), "--folds", "2"];
  const trained = await runTask(
    ...["train", "--data", corpus, "--out", at("voice.emofuse"), ...flags] as const,
  );
  assert.equal(trained.code, 0, trained.err.join("\n"));
  assert.match(trained.out, /protocol performance-independent, 2 folds/);
  assert.match(trained.out, /SYNTHETIC/);
  assert.match(
    trained.out,
    /stored as float32: 0 of 12 predictions changed, .*on stored features of all samples\)\n/,
  );
  const again = await runTask(
    ...["train", "--data", corpus, "--out", at("again.emofuse"), ...flags] as const,
  );
  assert.equal(again.code, 0);
  const bundle = await Deno.readFile(at("voice.emofuse"));
  assert.deepEqual(await Deno.readFile(at("again.emofuse")), bundle);
  assert.equal((await decodeBundle(bundle)).card.corpus.synthetic, true);

  const actor = join(corpus, "Actor_01");
  const clips = Array.from(Deno.readDirSync(actor), ({ name }) => join(actor, name))
    .filter((path) => path.includes("/01-")).sort().slice(0, 3);
  await Deno.writeTextFile(at("not-a-clip.mp4"), "text");
  const page = at("timeline.html");
  const predicted = await runTask(
    ...["predict", ...clips, at("not-a-clip.mp4"), "--model", at("voice.emofuse")] as const,
    "--jsonl",
    ...["--timeline", page, "--window", "1"],
  );
  assert.equal(predicted.code, 0, predicted.err.join("\n"));
  const lines = predicted.out.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ clip }) => clip), [...clips, at("not-a-clip.mp4")]);
  for (const { label, probabilities, used, timeline } of lines.slice(0, 3)) {
    assert(label in probabilities);
    assert.deepEqual(used, ["audio"]);
    assert(timeline.length >= 2);
  }
  assert.match(lines[3].error, /not a media file/);
  assert(predicted.err.some((line) => line.startsWith(`skipped ${at("not-a-clip.mp4")}: `)));
  const html = await Deno.readTextFile(page);
  assert.equal(html.match(/<svg class="curve" /g)!.length, 3);
  assert.match(html, /<image /);
});

Deno.test("predict exits 1 where no clip can be predicted, and 2 for wrong flags", async () => {
  const { voiceBundle } = await import("../recognize/voice_bundle.ts");
  const bundle = await voiceBundle();
  await Deno.writeFile(at("tones.emofuse"), bundle);
  await Deno.writeFile(at("newer.emofuse"), bundle.with(8, 200));
  await Deno.writeFile(at("damaged.emofuse"), bundle.with(-1, bundle.at(-1)! ^ 1));
  await Deno.writeTextFile(at("text.wav"), "text");
  const model = ["--model", at("tones.emofuse")];
  const cases: [args: string[], code: number, line: RegExp][] = [
    [[at("text.wav"), at("gone.wav"), ...model], 1, /skipped .*gone\.wav: /],
    [[at("text.wav"), "--model", at("gone.emofuse")], 2, /--model .* cannot be read: /],
    [[at("text.wav"), "--model", at("text.wav")], 1, /error: --model .*text\.wav: this is not/],
    [[at("text.wav"), "--model", at("newer.emofuse")], 1, /newer\.emofuse: .*has version 200/],
    [[at("text.wav"), "--model", at("damaged.emofuse")], 1, /damaged\.emofuse: .*is damaged/],
    [[at("text.wav"), ...model, "--json", "--jsonl"], 2, /--json does not go with --jsonl/],
    [[at("text.wav"), ...model, "--window", "0.1"], 2, /--window/],
    [
      [at("text.wav"), ...model, "--timeline", "/nowhere/page.html"],
      2,
      /^error: --timeline \/nowhere\/page\.html cannot be written: [^']+$/,
    ],
    [[at("text.wav"), ...model, "--timeline", dir], 2, /^error: --timeline .* is a folder/],
    [[at("text.wav"), ...model, "--timeline", at("text.wav")], 2, /already and is not a page;/],
    [[at("text.wav"), ...model, "--window", "1"], 2, /^error: --window 1 .* with --timeline FILE$/],
    [[at("text.wav"), ...model, "--wrong"], 2, /unknown option '--wrong'; allowed: .*--timeline/],
  ];
  for (const [args, code, line] of cases) {
    const result = await runTask("predict", ...args);
    assert.equal(result.code, code, args.join(" "));
    assert(result.err.some((text) => line.test(text)), `${line}: ${result.err.join("\n")}`);
    if (code === 2) assert.equal(result.err.length, 1, "before any clip is read");
  }
});

Deno.test("train names a flag that is wrong, before the long work", async () => {
  const cases: [args: string[], line: RegExp][] = [
    [[], /required option '--data <dir>' not specified; allowed: .*folder of the clips/],
    [["--data", dir, "--protocol", "tutorial"], /--protocol.*Allowed choices are honest, /],
    [["--data", dir, "--model", "cnn-sequence"], /--model/],
    [["--data", dir, "--fusion", "late-sum"], /Allowed choices are decision-mean, /],
    [["--data", dir, "--dtype", "int4"], /Allowed choices are float32, float16, int8/],
    [["--data", dir, "--landmarks", dir, "--backbone", "faceres"], /--landmarks .* only, not/],
    [["--data", dir, "--out", "/nowhere/model.emofuse"], /--out .* cannot be written/],
    [["--data", dir, "--out", dir], /--out .* is a folder/],
    [
      ["--data", dir, "--out", join(dir, "text.wav")],
      /--out .* is there already and is not a bundle;/,
    ],
  ];
  for (const [args, line] of cases) {
    const { code, err } = await runTask("train", ...args);
    assert.equal(code, 2, args.join(" "));
    assert(err.some((text) => line.test(text)), `${line}: ${err.join("\n")}`);
  }
});

Deno.test("train takes folds of speakers where its protocol is one of speakers, and only there", async () => {
  const train = async (actors: readonly string[]) => {
    const data = at(`speakers-${actors.length}`);
    await Deno.mkdir(data);
    for (const actor of actors) {
      for (const take of ["02-01-01-01", "02-01-02-01", "05-01-01-01", "05-01-02-01"]) {
        await Deno.writeTextFile(join(data, `03-01-${take}-${actor}.wav`), "no sound");
      }
    }
    return await runTask(
      ...["train", "--data", data, "--out", at("folds.emofuse"), "--store", at("store")] as const,
      ...["--modality", "audio", "--folds", "loso"],
    );
  };
  const few = await train(["01", "02"]);
  assert.equal(few.code, 2);
  assert.deepEqual(few.err, [
    "error: --folds loso does not go with --protocol performance-independent: the loso folds " +
    "divide speakers, not takes; allowed: --protocol speaker-independent, cross-corpus; " +
    "--protocol honest takes performance-independent for so few speakers",
  ]);
  // The folds are taken: what fails then are the clips.
  const enough = await train(["01", "02", "03", "04"]);
  assert.equal(enough.code, 1);
  assert.match(enough.err.at(-1)!, /no usable sample/);
});

ravdessTest(
  "train and predict tell calm from angry on real clips of voice and face",
  async (real) => {
    const crops = join(real, "crops");
    const trained = await runTask(
      ...[
        "train",
        "--data",
        crops,
        "--actors",
        "5",
        "--emotions",
        "calm,angry",
        "--fps",
        "5",
      ] as const,
      ...["--backbone", "landmarks", "--store", at("store"), "--out", at("both.emofuse")],
      ...["--dtype", "float16", "--folds", "3", "--json"],
    );
    assert.equal(trained.code, 0, trained.err.join("\n"));
    const card = JSON.parse(trained.out);
    assert.match(card.licence.weights, /CC BY-NC-SA 4.0/);
    assert.equal(card.rounding.changed, 0);
    assert(card.rounding.maxDifference > 0 && card.rounding.maxDifference < 0.01);
    assert.equal(card.protocol.name, "performance-independent");
    assert(card.protocol.rows.at(-1).accuracy > 0.8);
    const clips = ["01-01-02-01-01-01-05", "02-01-05-02-02-02-05"]
      .map((name) => join(crops, "Actor_05", `${name}.mp4`));
    const { code, out, err } = await runTask(
      ...["predict", ...clips, "--model", at("both.emofuse"), "--json"] as const,
    );
    assert.equal(code, 0, err.join("\n"));
    const [calm, angry] = JSON.parse(out);
    assert.deepEqual([calm.label, calm.used], ["calm", ["audio", "video"]]);
    assert.deepEqual([angry.label, angry.used, angry.quality], ["angry", ["video"], ["silence"]]);
    assert.match(angry.fallback, /the face's alone/);
  },
);

ravdessTest("train judges a voice model by speakers it has not met", async (real) => {
  const { code, out, err } = await runTask(
    ...["train", "--data", join(real, "speech"), "--actors", "1-4", "--emotions"] as const,
    ...["calm,angry", "--modality", "audio", "--store", at("store"), "--out", at("v.emofuse")],
    ...["--model", "lda-shrinkage", "--dtype", "int8", "--json"],
  );
  assert.equal(code, 0, err.join("\n"));
  const card = JSON.parse(out);
  assert.deepEqual([card.protocol.name, card.protocol.folds], ["speaker-independent", 4]);
  assert.deepEqual(card.protocol.rows.map(({ model }: { model: string }) => model), [
    "lda-shrinkage",
  ]);
  assert(card.protocol.rows[0].accuracy > 0.7);
  assert(Deno.statSync(at("v.emofuse")).size < 60_000);
});

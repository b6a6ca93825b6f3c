import assert from "node:assert/strict";
import { join } from "node:path";
import { openEar } from "../../models/ears.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { Random } from "../../src/numeric/random.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { roundTensors } from "../../src/weights/round_tensors.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { paste, realFace } from "../vision/real_faces.ts";
import { withFolder } from "../with_folder.ts";
import { callTask } from "./cli.ts";
import { toneWav } from "./tone_corpus.ts";

/** RAVDESS's numbers of calm and of the seven labels that the model learns. */
const EMOTIONS = ["02", "01", "03", "04", "05", "06", "07", "08"];

const FILES = ["research.LICENCES", "research.emofuse", "research.md"];

/** Sounds and landmark files of takes by actors 1 to 3, and of actor 21, who shows in the films. */
async function writeTakes(dir: string): Promise<void> {
  for (const folder of ["clips", "landmarks"]) await Deno.mkdir(join(dir, folder));
  const random = new Random(5);
  const face = Array.from({ length: 136 }, () => 200 * random.next());
  const names = ["x", "y"].flatMap((axis) => Array.from({ length: 68 }, (_, i) => `${axis}_${i}`));
  for (const actor of ["01", "02", "03", "21"]) {
    for (const [e, emotion] of EMOTIONS.entries()) {
      const take = `01-${emotion}-01-01-01-${actor}`;
      const step = 0.05 * (e + 1) + 0.01 * Number(actor);
      await Deno.writeFile(join(dir, "clips", `03-${take}.wav`), await toneWav(step));
      const rows = [0, 1, 2].map((frame) => [
        frame / 30,
        ...face.map((value, i) => value + 10 * Number(i % 8 === e) + random.next()),
      ]);
      const csv = [["timestamp", ...names], ...rows].map((row) => row.join(",")).join("\n");
      await Deno.writeTextFile(join(dir, "landmarks", `01-${take}.csv`), csv);
    }
  }
}

/** Films of two actors, each with two labels. */
async function writeFilms(dir: string): Promise<void> {
  await Deno.mkdir(join(dir, "films"));
  const [width, height, n] = [256, 256, 10];
  for (const [actor, name] of [["21", "man"], ["22", "woman"]] as const) {
    const frame = new Uint8Array(width * height * 3).fill(128);
    paste(frame, width, await realFace(name, 200), 30, 30);
    const frames = new Uint8Array(n * frame.length);
    for (let i = 0; i < n; i++) frames.set(frame, i * frame.length);
    const samples = Float32Array.from({ length: 8000 }, (_, i) => 0.3 * Math.sin(0.3 * i));
    const film = await encodeClip({ frames, width, height, fps: 10, samples }, "mp4");
    for (const emotion of ["01", "03"]) {
      await Deno.writeFile(join(dir, "films", `01-01-${emotion}-01-01-01-${actor}.mp4`), film);
    }
  }
}

const ARGS = ["--research", "--data", "clips", "--landmarks", "landmarks", "--ear", "ear.st"];

Deno.test("pretrain --research makes the same model twice, of nobody who is asked about", () =>
  withFolder(async (dir) => {
    await writeTakes(dir);
    await writeFilms(dir);
    const { file: { tensors, metadata } } = openEar(await Deno.readFile(await tinyEar()));
    const ear = encodeSafetensors(roundTensors(tensors, "int8"), metadata);
    await Deno.writeFile(join(dir, "ear.st"), ear);
    const make = async (out: string) => {
      const own = ["--calibrate", "films", "--store", `${out}-store`, "--out", out];
      const { code, err } = await callTask("pretrain", [...ARGS, ...own], { from: dir });
      assert.equal(code, 0, err.join("\n"));
      // A store of its own: everything is made anew.
      const written = [...Deno.readDirSync(join(dir, out))].map(({ name }) => name).sort();
      assert.deepEqual(written, FILES);
      return await Promise.all(FILES.map((name) => Deno.readFile(join(dir, out, name))));
    };
    const [first, again] = [await make("first"), await make("again")];
    FILES.forEach((name, i) => assert.deepEqual(again[i], first[i], name));

    const { card } = await decodeBundle(first[1]);
    assert.deepEqual(card.corpus.speakers, ["1", "2", "3"]);
    assert.ok(!card.labels.includes("calm") && card.labels.length === 7);
    assert.deepEqual(card.calibration!.map(({ modality, n }) => [modality, n]), [
      ["audio", 7],
      ["video", 4],
      ["fused", 4],
    ]);
    assert.match(card.licence.weights, /CC BY-NC-SA 4\.0/);
    assert.match(card.limits.join(" "), /landmark files of 21 takes by 3 speakers/);
    const [licences, , readme] = first.map((bytes) => new TextDecoder().decode(bytes));
    assert.match(licences, /bound to\s+non-commercial use[^]*creativecommons\.org/);
    assert.match(readme, /The model of `--model research`/);
    assert.match(readme, /\| RAVDESS, films +\| both +\| 4 +\| 2 +\|/);
    assert.match(readme, /\| RAVDESS, films +\| human's face, untrained +\| 4 +\| 2 +\|/);
    assert.match(readme, /at the T of the others/);

    const model = ["--model", join("first", "research.emofuse"), "--json"];
    const film = join("films", "01-01-03-01-01-01-22.mp4");
    const said = await callTask("predict", [film, ...model], { from: dir });
    assert.equal(said.code, 0, said.said);
    assert.deepEqual(JSON.parse(said.out)[0].used, ["audio", "video"]);
  }));

Deno.test("pretrain's flags of the model for research are refused without it, and it without them", async () => {
  const common = ["--data", ".", "--ear", "ear.st"];
  for (
    const [args, line] of [
      [["--landmarks", "x"], /^error: --landmarks x goes with --research only/],
      [["--calibrate", "x"], /^error: --calibrate x goes with --research only/],
      [["--research"], /^error: --research needs --landmarks DIR/],
    ] as const
  ) {
    const { code, err } = await callTask("pretrain", [...common, ...args]);
    assert.equal(code, 2);
    assert.match(err.at(-1)!, line);
  }
});

const made = new URL("../../models/pretrained/research.emofuse", import.meta.url);

Deno.test({
  name: "--model research where there is none: refused, with the way to make it",
  ignore: await Deno.stat(made).then(() => true, () => false),
  fn: refusesResearch,
});

async function refusesResearch(): Promise<void> {
  for (const task of ["predict", "serve", "bundle"] as const) {
    const { code, err } = await callTask(task, ["--model", "research"]);
    assert.equal(code, 2, task);
    assert.match(
      err.at(-1)!,
      /--model research is not on this machine \(.*research\.emofuse\): .*deno task pretrain --research/,
    );
  }
}

import assert from "node:assert/strict";
import { join } from "node:path";
import { voiceBundle } from "../recognize/voice_bundle.ts";
import { ravdessTest } from "../ravdess.ts";
import { withFolder } from "../with_folder.ts";
import { runTask } from "./cli.ts";

ravdessTest(
  "train --landmarks and predict --landmarks go from real files to a label",
  (real) =>
    withFolder(async (dir) => {
      const at = (name: string) => join(dir, name);
      const landmarks = join(real, "landmarks");
      const trained = await runTask(
        ...["train", "--data", join(real, "speech"), "--landmarks", landmarks] as const,
        ...["--actors", "2-3", "--emotions", "calm,angry", "--folds", "2", "--store", at("store")],
        ...["--out", at("m.emofuse"), "--json"],
      );
      assert.equal(trained.code, 0, trained.err.join("\n"));
      const card = JSON.parse(trained.out);
      assert.equal(card.landmarks.features, "landmarks");
      assert.equal(card.video, undefined);
      assert.deepEqual([card.rounding.samples, card.rounding.changed], [32, 0]);

      // Films whose takes have landmark files of other names, and one that has none.
      const [calm, angry] = ["01-01-02-01-01-01-05", "01-01-05-02-02-02-05"]
        .map((name) => join(real, "crops", "Actor_05", `${name}.mp4`));
      const model = ["--model", at("m.emofuse"), "--json"];
      const by = await runTask("predict", calm, angry, ...model, "--landmarks", landmarks);
      assert.equal(by.code, 0, by.err.join("\n"));
      for (const [i, label] of ["calm", "angry"].entries()) {
        const prediction = JSON.parse(by.out)[i];
        assert.deepEqual([prediction.label, prediction.used], [label, ["audio", "video"]]);
      }
      const actor = ["01-01-02-01-01-01-05", "01-01-05-01-01-01-05", "01-01-05-02-01-02-05"]
        .map((name) => join(real, "crops", "Actor_05", `${name}.mp4`));
      const enrolment = at("person.json");
      const enrol = ["--enrol", actor.join(","), "--enrolment", enrolment];
      const known = await runTask("predict", calm, ...model, "--landmarks", landmarks, ...enrol);
      assert.equal(known.code, 0, known.err.join("\n"));
      const { audio, video } = JSON.parse(await Deno.readTextFile(enrolment));
      assert.deepEqual([audio.clips, video.clips], [3, 3]);

      // The picture alone is not looked at.
      const without = await runTask("predict", calm, ...model);
      const [prediction] = JSON.parse(without.out);
      assert.deepEqual(prediction.used, ["audio"]);
      assert.match(prediction.fallback, /^There are no landmarks of the face.* the voice's alone$/);

      await Deno.writeTextFile(at("broken.csv"), "timestamp\n1\n");
      const broken = await runTask("predict", calm, ...model, "--landmarks", at("broken.csv"));
      assert.equal(broken.code, 1);
      assert(broken.err.some((line) => /broken\.csv: line 1: there is no column "x_0"/.test(line)));
    }),
);

Deno.test("predict --landmarks is refused with other models, nothing to read, and what it cannot give", () =>
  withFolder(async (dir) => {
    const cases: [args: string[], code: number, line: RegExp][] = [
      [["--landmarks", dir], 1, /no landmark file of these clips in it or below it/],
      [
        ["--landmarks", "x.csv", "--segments"],
        2,
        /^error: --landmarks does not go with --segments/,
      ],
      [["--landmarks", "x.csv", "--timeline", "t.html"], 2, /--landmarks does not go with --timel/],
    ];
    for (const [args, code, line] of cases) {
      const result = await runTask("predict", "clip.mp4", ...args);
      assert.equal(result.code, code, result.err.join("\n"));
      assert(result.err.some((text) => line.test(text)), result.err.join("\n"));
    }
    await Deno.writeTextFile(join(dir, "clip.csv"), "");
    const model = join(dir, "voice.emofuse");
    await Deno.writeFile(model, await voiceBundle());
    const other = await runTask("predict", "clip.mp4", "--landmarks", dir, "--model", model);
    assert.equal(other.code, 2);
    assert.match(
      other.err.at(-1)!,
      /^error: --landmarks .* is for models that were trained on landm/,
    );
  }));

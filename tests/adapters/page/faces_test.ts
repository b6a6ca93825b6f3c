import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { createDecoder } from "../../../src/media/create_decoder.ts";
import { findFaces } from "../../../src/predict/faces/find_faces.ts";
import { predictFaces } from "../../../src/predict/faces/predict_faces.ts";
import { planReading } from "../../../src/predict/plan_reading.ts";
import { defaultModel } from "../../../src/recognize/default/default_model.ts";
import { loadDefaultRecognizer } from "../../../src/recognize/default/load_default_recognizer.ts";
import { testWith } from "../../needs.ts";
import { ravdessDir } from "../../ravdess.ts";
import { INACCESSIBLE, OVERFLOWING, UNFOLD } from "../../report/page_checks.ts";
import { runFfmpeg } from "../../run_ffmpeg.ts";
import { withFolder } from "../../with_folder.ts";
import {
  assertNoProblem,
  assertNothingSent,
  openReady,
  recognise,
  shown,
  START,
  stop,
  textOf,
} from "../page_stage.ts";
import { axeSource, SMALL, VIOLATIONS } from "./accessible.ts";
import { click, pageWith, saved } from "./page_with.ts";

/** Two people, who are then beside each other. */
const CLIPS = ["Actor_01/01-01-08-02-02-02-01.mp4", "Actor_05/01-01-03-01-01-02-05.mp4"];

const BESIDE = "[0:v]crop=ih:ih,scale=320:320,fps=30[a];[1:v]crop=ih:ih,scale=320:320,fps=30[b];" +
  "[a][b]hstack=shortest=1[v]";

/** A film of two people, with the sound of one, and the same for a camera. */
async function twoFaces(dir: string) {
  const clips = CLIPS.flatMap((clip) => ["-i", join(ravdessDir()!, "original", clip)]);
  const [film, camera] = [join(dir, "two.mp4"), join(dir, "two.mjpeg")];
  const made = [...clips, "-filter_complex", BESIDE, "-map", "[v]"];
  await runFfmpeg(...made, "-map", "0:a", "-shortest", "-crf", "12", film);
  await runFfmpeg(...made, "-q:v", "3", camera);
  return { film, camera };
}

/** What `deno task predict --faces all` says: the voice first, then each face. */
async function predicted(film: string) {
  const recognizer = await loadDefaultRecognizer();
  const decoder = await createDecoder("wasm");
  try {
    const plan = await planReading(decoder, film, recognizer.card);
    const detect = (picture: Uint8Array, height: number, width: number) =>
      recognizer.findFaces(picture, height, width);
    const finder = { detector: { detect }, most: Infinity };
    const tracks = await findFaces(decoder, finder, plan);
    const parts = await predictFaces(recognizer, decoder, plan, tracks);
    return parts.map((part) => "prediction" in part ? part.prediction : assert.fail(part.reason));
  } finally {
    await decoder.close();
    recognizer.dispose();
  }
}

const BOXES = (place: string) =>
  `[...document.querySelectorAll("#${place} div")].map((box) => ({
    text: box.innerText, isJudged: box.className === "judged", left: box.offsetLeft,
  }))`;

const SUBJECTS =
  `[...document.querySelectorAll("#subject-list label")].map((row) => row.innerText)`;

await testWith(
  ["chromium", "ffmpeg", "ravdess"],
  "each of several faces has its box, its row and its timeline, in a film and before the camera",
  () =>
    withFolder(async (made) => {
      const { film, camera } = await twoFaces(made);
      const [voice, ...faces] = await predicted(film);
      assert.equal(faces.length, 2);
      await pageWith(await Deno.readFile(defaultModel()), async (stage) => {
        const { browser } = stage;
        const choose = (whose: string) =>
          browser.evaluate(`document.getElementById("faces").value = "${whose}"`);
        await openReady(stage);

        // Only the largest.
        await recognise(stage, "one.mp4", await Deno.readFile(film));
        await assertNoProblem(browser);
        const alone = await browser.evaluate(BOXES("still-boxes"));
        assert.equal(alone.length, 2);
        assert.deepEqual(alone.map(({ isJudged }: { isJudged: boolean }) => isJudged).sort(), [
          false,
          true,
        ]);
        assert.ok(alone.some(({ text }: { text: string }) => text === "not recognised"));
        assert.equal(await textOf(browser, "subjects"), "");
        assert.match((await shown(browser)).remark, /voice and face; there are several faces/);

        await choose("all");
        await recognise(stage, "two.mp4", await Deno.readFile(film));
        await assertNoProblem(browser);
        const rows: string[] = await browser.evaluate(SUBJECTS);
        assert.deepEqual(rows.map((row) => row.split(":")[0]), ["face 1", "face 2", "voice"]);
        [...faces, voice].forEach(({ likeliest, probabilities }, i) => {
          const [, label, share] = /: ?\s*(\S+) ([\d.]+) %/.exec(rows[i])!;
          // Browser and ffmpeg scale pictures differently.
          assert.ok(probabilities[likeliest] - probabilities[label] < 0.1, rows[i]);
          assert.ok(Math.abs(Number(share) / 100 - probabilities[label]) < 0.1, rows[i]);
        });
        const first = await shown(browser);
        assert.match(first.remark, /several faces speaks: the prediction is the face's alone/);
        assert.ok(first.rows.length >= 1);
        const both = await browser.evaluate(BOXES("still-boxes"));
        assert.deepEqual(both.map(({ text }: { text: string }) => text.slice(0, 2)), ["1:", "2:"]);
        assert.ok(both[0].left < both[1].left);
        assert.match(
          await browser.evaluate(`document.getElementById("moment").ariaValueText`),
          /^\d\.\d s: 1: \S+ [\d.]+ %; 2: \S+ [\d.]+ %$/,
        );

        // By the keyboard: the other face, another moment.
        const key = async (id: string, name: string, code: number) => {
          await browser.evaluate(`document.querySelector("${id}").focus()`);
          const event = { key: name, code: name, windowsVirtualKeyCode: code };
          await browser.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
          await browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
        };
        await key("#subject-list input", "ArrowDown", 40);
        await browser.until(`document.querySelector("#subject-list :checked").value === "2"`);
        const second = await shown(browser);
        assert.notDeepEqual(second.shares, first.shares);
        assert.equal(second.label, faces[1].likeliest);
        assert.notDeepEqual(second.rows, first.rows);
        await key("#moment", "Home", 36);
        await browser.until(`document.getElementById("moment").value === "0"`);
        assert.match(await textOf(browser, "moment-shown"), /^0\.\d s$/);

        await click(stage, "save-csv");
        const lines: Record<string, string>[] = parse(await saved(stage, "emofuse.csv"), {
          columns: true,
          bom: true,
        });
        assert.deepEqual([...new Set(lines.map(({ face }) => face))].sort(), ["", "1", "2"]);

        await browser.evaluate(`${UNFOLD}${await axeSource()}; true`);
        for (const width of [360, 1280]) {
          await browser.resize({ width, scheme: "light" });
          for (const check of [OVERFLOWING, INACCESSIBLE, SMALL, VIOLATIONS]) {
            assert.deepEqual(await browser.evaluate(check), [], `${width}`);
          }
        }

        // Before the camera. The tone of the microphone is no face.
        await browser.evaluate(START);
        await browser.until(`document.querySelectorAll("#live-boxes .judged").length === 2`);
        assert.equal(await textOf(browser, "seen"), "2 faces: each by itself.");
        await browser.until(
          `[1, 2].every((face) => ${SUBJECTS}.some((row) =>
            row.startsWith("face " + face) && row.includes("%")))`,
        );
        const live = await browser.evaluate(BOXES("live-boxes"));
        live.forEach(({ text }: { text: string }) => assert.match(text, /^\d+: (\S+ [\d.]+ %|…)$/));
        await stop(stage);
        assert.deepEqual(await browser.evaluate(BOXES("live-boxes")), []);

        await choose("largest");
        await browser.evaluate(START);
        await browser.until(`document.querySelectorAll("#live-boxes .judged").length === 1 &&
          document.querySelectorAll("#live-boxes div").length === 2`);
        assert.equal(await textOf(browser, "seen"), "2 faces: the largest is recognised.");
        await stop(stage);
        assertNothingSent(stage);
      }, { camera });
    }),
);

import assert from "node:assert/strict";
import { decode as decodePng } from "fast-png";
import { parse } from "csv-parse/sync";
import { loadRecognizer } from "../../../src/recognize/load_recognizer.ts";
import { testWith } from "../../needs.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "../../recognize/voice_bundle.ts";
import { assertNothingSent, openReady, recognise, shown, textOf } from "../page_stage.ts";
import { click, pageWith, saved, toneFile } from "./page_with.ts";

/** A clip of two windows and a half. */
const SECONDS = 10;

await testWith(
  ["chromium"],
  "the page calls uncertain what is less probable than is asked, and saves the timeline so",
  async () => {
    const bundle = await voiceBundle();
    const recognizer = await loadRecognizer(bundle);
    const { likeliest, probabilities } = recognizer.predict({
      samples: tone(1, SECONDS),
      sampleRate: SAMPLE_RATE,
    });
    recognizer.dispose();
    await pageWith(bundle, async (stage) => {
      const { browser } = stage;
      await openReady(stage);
      await recognise(stage, "high.wav", toneFile(1, SECONDS));
      const before = await shown(browser);
      assert.equal(before.label, likeliest);
      assert.equal(await textOf(browser, "least-shown"), "none");
      assert.equal(await textOf(browser, "likeliest"), "");

      // By the keyboard, to more than anything here is probable.
      await browser.evaluate(`document.getElementById("least").focus()`);
      await browser.send("Input.dispatchKeyEvent", {
        type: "keyDown",
        key: "End",
        code: "End",
        windowsVirtualKeyCode: 35,
      });
      await browser.until(`document.getElementById("least").value === "100"`);
      assert.ok(probabilities[likeliest] < 1);
      assert.equal(await textOf(browser, "label"), "uncertain");
      assert.equal(await textOf(browser, "likeliest"), `Likeliest: ${likeliest}`);
      assert.equal(await textOf(browser, "least-shown"), "100 %");
      assert.equal(
        await browser.evaluate(`document.querySelectorAll("#timeline .most").length`),
        0,
        "no field is the given label",
      );

      await click(stage, "save-csv");
      const rows: Record<string, string>[] = parse(await saved(stage, "emofuse.csv"), {
        columns: true,
        bom: true,
      });
      assert.equal(rows.length, before.rows.length);
      rows.forEach((row, i) => {
        assert.equal(row.label, "uncertain");
        assert.match(row.notes, new RegExp(`likeliest: ${before.rows[i][2]}`));
        assert.equal(`${Number(row.start).toFixed(1)} s`, before.rows[i][0]);
        assert.ok(Math.abs(Number(row.p_calm) + Number(row.p_angry) - 1) < 2e-4);
      });

      await browser.evaluate(
        `(({ style }) => { least.value = 0; least.dispatchEvent(new Event("input")); })(least)`,
      );
      assert.equal(await textOf(browser, "label"), likeliest, "it can be taken back");
      await click(stage, "save-png");
      const { width, height, data, channels } = decodePng(await saved(stage, "emofuse.png"));
      assert.deepEqual([width, height], [1920, 2 * (2 * 22 + 24 + 32)]);
      const pixel = (x: number, y: number) => {
        const at = channels * (y * width + x);
        return [...data.slice(at, at + 3)];
      };
      // The second row is the likely one: in the middle of its time its field has its colour, that of the page.
      assert.equal(likeliest, "angry");
      const [r, g, b] = pixel(1200, 2 * (16 + 33));
      assert.ok(b > r && b > g - 60 && r < 200, `${[r, g, b]}`);
      assert.deepEqual(pixel(2, 2), [0xfb, 0xfa, 0xf7], "the page's paper");
      assertNothingSent(stage);
    });
  },
);

await testWith(
  ["chromium"],
  "how sure the server wants to be is where the page's slider begins, without a network too",
  async () => {
    await pageWith(await voiceBundle(), async (stage) => {
      const { browser, url } = stage;
      const isSo = async (name: string) => {
        await openReady(stage);
        assert.equal(await textOf(browser, "least-shown"), "97 %");
        assert.equal(await browser.evaluate(`document.getElementById("least").value`), "97");
        await recognise(stage, name, toneFile(1, 3));
        assert.equal(await textOf(browser, "label"), "uncertain");
      };
      await isSo("first.wav");
      await browser.until(`document.getElementById("offline").textContent !== ""`);
      const body = new Uint8Array(toneFile(1, 3));
      const answer = await fetch(`${url}v1/predict`, { method: "POST", body });
      const { label, likeliest } = await answer.json();
      assert.deepEqual([label, likeliest], ["uncertain", "angry"]);
      await stage.stopServer();
      await isSo("second.wav");
    }, { minConfidence: 0.97 });
  },
);

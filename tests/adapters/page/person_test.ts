import assert from "node:assert/strict";
import { join } from "node:path";
import { loadRecognizer } from "../../../src/recognize/load_recognizer.ts";
import { testWith } from "../../needs.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "../../recognize/voice_bundle.ts";
import {
  assertNoProblem,
  assertNothingSent,
  openReady,
  PROBLEM,
  READY,
  recognise,
  shown,
  STARTED,
  textOf,
} from "../page_stage.ts";
import { click, pageWith, saved, toneFile } from "./page_with.ts";

await testWith(
  ["chromium"],
  "the page gets to know a person, predicts by it, saves it, and forgets it",
  async () => {
    const bundle = await voiceBundle();
    const recognizer = await loadRecognizer(bundle);
    const clip = { samples: tone(1, 3), sampleRate: SAMPLE_RATE };
    const learned = recognizer.enrol([{ samples: tone(1, 2), sampleRate: SAMPLE_RATE }]);
    const stranger = recognizer.predict(clip).probabilities.angry;
    const known = recognizer.predict(clip, { enrolment: learned }).probabilities.angry;
    recognizer.dispose();
    assert.ok(stranger - known > 0.02, "the person counts");

    await pageWith(bundle, async (stage) => {
      const { browser, dir } = stage;
      let asked = 0;
      const angry = async () => {
        // The same name again would be no change of what is chosen.
        await recognise(stage, `clip-${++asked}.wav`, toneFile(1, 3));
        await assertNoProblem(browser);
        return (await shown(browser)).shares[1];
      };
      const choose = async (name: string) => {
        await browser.choose("#recordings", join(dir, name));
        await browser.until(
          `!${PROBLEM}.hidden || (${READY} && doing.textContent.startsWith("Learned from"))`,
        );
      };
      const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 0.005, `${a}, ${b}`);

      await openReady(stage);
      assert.match(await textOf(browser, "known"), /^Nobody is known/);
      near(await angry(), stranger);
      await Deno.writeFile(join(dir, "me.wav"), toneFile(1, 2));
      await choose("me.wav");
      await assertNoProblem(browser);
      assert.match(await textOf(browser, "known"), /^Known: your voice by 1 piece /);
      near(await angry(), known);

      await click(stage, "save-person");
      const json = JSON.parse(
        new TextDecoder().decode(await saved(stage, "emofuse-enrolment.json")),
      );
      assert.deepEqual(json, learned);
      await click(stage, "forget");
      await browser.until(`doing.textContent === "Forgotten."`);
      assert.match(await textOf(browser, "known"), /^Nobody is known/);
      assert.equal(await textOf(browser, "forget"), "");
      near(await angry(), stranger);

      await choose("emofuse-enrolment.json");
      near(await angry(), known);
      for (
        const [name, text, message] of [
          ["bad.json", "{", /^“bad\.json” is not JSON\.$/],
          ["other.json", JSON.stringify({ ...learned, bundle: "0" }), /enrol anew/],
        ] as const
      ) {
        await Deno.writeTextFile(join(dir, name), text);
        await choose(name);
        assert.match(await textOf(browser, "problem"), message);
        assert.match(await textOf(browser, "known"), /^Known:/, "what was known stays");
      }
      await Deno.writeFile(join(dir, "silence.wav"), toneFile(1, 2).fill(0, 44));
      await choose("silence.wav");
      assert.match(await textOf(browser, "problem"), /nobody can be enrolled by this/);
      assertNothingSent(stage);
    });
  },
);

await testWith(["chromium"], "twenty seconds of a microphone are learned from", async () => {
  await pageWith(await voiceBundle(), async (stage) => {
    const { browser } = stage;
    await openReady(stage);
    const began = Date.now();
    await click(stage, "record");
    await browser.until(`${STARTED} || !${PROBLEM}.hidden`);
    assert.equal(await browser.evaluate("document.activeElement.id"), "stop");
    await browser.until(`doing.textContent.startsWith("Recorded") || !${PROBLEM}.hidden`);
    await assertNoProblem(browser);
    assert.ok(Date.now() - began >= 19_000, `${Date.now() - began} ms`);
    // Windows of 4 s; a last, shorter piece where the first sound came late.
    assert.match(await textOf(browser, "known"), /^Known: your voice by [56] pieces of up to 4 s/);
    assert.equal(await browser.evaluate(`!(${STARTED}) && !record.disabled`), true);

    await click(stage, "record");
    await browser.until(STARTED);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await click(stage, "stop");
    await browser.until(`doing.textContent.startsWith("Recorded") || !${PROBLEM}.hidden`);
    assert.match(await textOf(browser, "known"), /by [67] pieces/, "what came before Stop counts");
    assertNothingSent(stage);
  });
});

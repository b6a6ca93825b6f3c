import assert from "node:assert/strict";
import { decodeBundle, encodeBundle } from "../../../src/recognize/bundle/bundle.ts";
import { testWith } from "../../needs.ts";
import { assertNoProblem, openReady, recognise, shown, textOf } from "../page_stage.ts";
import { audioVisualModel } from "../test_models.ts";
import { pageWith, toneFile } from "./page_with.ts";

await testWith(
  ["chromium"],
  "the page says which emotion a voice cannot tell, and that is no 0 %",
  async () => {
    const { card, parts } = await decodeBundle((await audioVisualModel()).bytes);
    const [first, second] = card.labels;
    const bundle = await encodeBundle({
      card: {
        ...card,
        labels: [first, second, "tired"],
        audio: { ...card.audio!, labels: [first, second] },
        video: { ...card.video!, labels: [first, "tired"] },
      },
      parts,
    });
    await pageWith(bundle, async (stage) => {
      const { browser } = stage;
      await openReady(stage);
      assert.match(await textOf(browser, "model"), /The voice does not know: tired\./);
      await recognise(stage, "voice.wav", toneFile(1, 3));
      await assertNoProblem(browser);
      assert.match((await shown(browser)).remark, /alone, which does not know: tired\.$/);
      const numbers = await browser.evaluate(
        `[...document.querySelectorAll("#bars .num")].map((number) => number.textContent)`,
      );
      assert.equal(numbers[2], "not known");
      assert.match(numbers[0], /^\d+\.\d %$/);
    });
  },
);

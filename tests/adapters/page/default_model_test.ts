import assert from "node:assert/strict";
import { defaultModel } from "../../../src/recognize/default/default_model.ts";
import { loadDefaultRecognizer } from "../../../src/recognize/default/load_default_recognizer.ts";
import { testWith } from "../../needs.ts";
import { SAMPLE_RATE, tone } from "../../recognize/voice_bundle.ts";
import { OVERFLOWING, UNFOLD } from "../../report/page_checks.ts";
import {
  assertNoProblem,
  assertNothingSent,
  openReady,
  recognise,
  shown,
  textOf,
} from "../page_stage.ts";
import { pageWith, toneFile } from "./page_with.ts";

await testWith(
  ["chromium"],
  "with the model that comes with Emofuse the page says what the library says, on a phone too",
  async () => {
    const recognizer = await loadDefaultRecognizer();
    const { labels } = recognizer.card;
    const { probabilities } = recognizer.predict({
      samples: tone(1, 3),
      sampleRate: SAMPLE_RATE,
    });
    recognizer.dispose();
    await pageWith(await Deno.readFile(defaultModel()), async (stage) => {
      const { browser } = stage;
      await openReady(stage);
      await browser.resize({ width: 360, scheme: "light" });
      assert.ok((await textOf(browser, "model")).includes(`Knows: ${labels.join(", ")}.`));
      await recognise(stage, "voice.wav", toneFile(1, 3));
      await assertNoProblem(browser);
      const { shares } = await shown(browser);
      labels.forEach((label, i) =>
        assert.ok(Math.abs(shares[i] - probabilities[label]) < 0.01, `${label}: ${shares}`)
      );
      await browser.evaluate(UNFOLD);
      assert.deepEqual(await browser.evaluate(OVERFLOWING), []);
      assertNothingSent(stage);
    });
  },
);

import assert from "node:assert/strict";
import { testWith } from "../../needs.ts";
import { voiceBundle } from "../../recognize/voice_bundle.ts";
import {
  assertNoProblem,
  assertNothingSent,
  openReady,
  recognise,
  shown,
  textOf,
  watch,
} from "../page_stage.ts";
import { pageWith, toneFile } from "./page_with.ts";

await testWith(
  ["chromium"],
  "the page opens and recognises when its server is gone, after it was opened once",
  async () => {
    await pageWith(await voiceBundle(), async (stage) => {
      const { browser, url } = stage;
      await openReady(stage);
      await browser.until(`document.getElementById("offline").textContent !== ""`);
      assert.match(await textOf(browser, "offline"), /works without a network from now on/);
      await recognise(stage, "a.wav", toneFile(1, 5));
      const { shares, rows } = await shown(browser);
      assertNothingSent(stage);

      await openReady(stage);
      const metrics = await (await fetch(`${url}metrics`)).text();
      assert.match(
        metrics,
        /path="file",status="304"\} \d{2,}$/m,
        "what is known is not sent again",
      );

      await stage.stopServer();
      await assert.rejects(fetch(url), "the server is gone");
      for (const address of [url, `${url}index.html`, `${url}?a#source`]) {
        await openReady({ ...stage, url: address });
      }
      const style = `getComputedStyle(document.querySelector(".card")).borderRadius`;
      assert.equal(await browser.evaluate(style), "8px", "the style sheet was kept");
      await recognise(stage, "b.wav", toneFile(1, 5));
      await assertNoProblem(browser);
      const again = await shown(browser);
      assert.deepEqual([again.shares, again.rows], [shares, rows]);
      // The microphone's part is loaded only when it is needed.
      await watch(stage, 1);

      const asked =
        `fetch("v1/predict", { method: "POST", body: "a" }).then(() => true, () => false)`;
      assert.equal(await browser.evaluate(asked), false, "nothing else is answered");
    });
  },
);

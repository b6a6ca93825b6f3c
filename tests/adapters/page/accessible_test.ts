import assert from "node:assert/strict";
import { testWith } from "../../needs.ts";
import { voiceBundle } from "../../recognize/voice_bundle.ts";
import { ILLEGIBLE, INACCESSIBLE, OVERFLOWING, UNFOLD } from "../../report/page_checks.ts";
import { openReady, recognise, type Stage, textOf } from "../page_stage.ts";
import { axeSource, SMALL, VIOLATIONS } from "./accessible.ts";
import { pageWith, toneFile } from "./page_with.ts";

/** The narrowest phone, in CSS pixels. */
const PHONE = 360;

/** Ids of what the tabulator key comes to, one after the other, from the top on. */
async function tabbed({ browser }: Stage): Promise<string[]> {
  const ids: string[] = [];
  await browser.evaluate("document.activeElement.blur()");
  for (let i = 0; i < 30; i++) {
    const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
    await browser.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    await browser.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    const id = await browser.evaluate(
      `document.activeElement === document.body ? "" :
        document.activeElement.id || document.activeElement.className || document.activeElement.tagName`,
    );
    if (id === "" || id === ids[0]) break;
    ids.push(id);
  }
  return ids;
}

await testWith(
  ["chromium"],
  "the page is for fingers, keyboards and screen readers, on a phone too",
  async () => {
    const axe = await axeSource();
    await pageWith(await voiceBundle(), async (stage) => {
      const { browser } = stage;
      await openReady(stage);
      await browser.resize({ width: PHONE, scheme: "light" });
      const top = (id: string) =>
        browser.evaluate(`document.getElementById("${id}").getBoundingClientRect().bottom`);
      assert.ok(await top("file") < 800, "a clip can be chosen on the first screen of a phone");
      assert.match(await browser.evaluate("document.body.innerText"), /nothing is uploaded/);
      assert.match(
        await browser.evaluate("document.querySelector('header').innerText"),
        /not what anybody feels\.[^]*At work and in schools .* forbidden/,
      );

      await recognise(stage, "clip.wav", toneFile(1, 10));
      await browser.evaluate(`${UNFOLD}${axe}; true`);
      for (const width of [PHONE, 1280]) {
        for (const scheme of ["light", "dark"] as const) {
          await browser.resize({ width, scheme });
          for (const check of [OVERFLOWING, ILLEGIBLE, INACCESSIBLE, SMALL, VIOLATIONS]) {
            assert.deepEqual(await browser.evaluate(check), [], `${width} ${scheme}`);
          }
        }
      }
      // The check itself sees what is wrong.
      await browser.evaluate(`document.querySelector("label[for=least]").remove()`);
      assert.match(`${await browser.evaluate(VIOLATIONS)}`, /\blabel: <input id="least"/);
    });
  },
);

await testWith(
  ["chromium"],
  "the keyboard reaches all of the page, from top to bottom",
  async () => {
    await pageWith(await voiceBundle(), async (stage) => {
      const { browser } = stage;
      await openReady(stage);
      const first = ["skip", "file", "use-microphone", "start", "record", "recordings"];
      assert.deepEqual(await tabbed(stage), first);
      await recognise(stage, "clip.wav", toneFile(1, 10));
      const then = ["least", "save-csv", "save-png", "SUMMARY"];
      assert.deepEqual(await tabbed(stage), [...first, ...then]);
      // What is said to who does not look: the result, and what is done.
      const said = await browser.evaluate(
        `[...document.querySelectorAll("[aria-live], [role=status], [role=alert]")].filter((e) =>
        e.getClientRects().length > 0).map((e) => e.innerText).join("\\n")`,
      );
      assert.ok(said.includes(await textOf(browser, "label")), said);
      assert.ok(said.includes("clip.wav, as a whole and along the time."), said);
    });
  },
);

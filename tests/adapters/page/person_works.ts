import assert from "node:assert/strict";
import {
  assertNoProblem,
  assertNothingSent,
  openReady,
  PROBLEM,
  shown,
  STARTED,
  textOf,
  watch,
  type Work,
} from "../page_stage.ts";
import { click } from "./page_with.ts";

/** What the page does to know a person by camera and microphone. */
export const PERSON_WORKS: Readonly<Record<string, Work>> = {
  "a person is learned by voice and face, and what follows goes by it": async (stage) => {
    const { browser } = stage;
    await openReady(stage);
    await click(stage, "record");
    await browser.until(`${STARTED} || !${PROBLEM}.hidden`);
    assert.equal(await browser.evaluate(`document.getElementById("preview").hidden`), false);
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await click(stage, "stop");
    await browser.until(
      `document.getElementById("doing").textContent.startsWith("Recorded") || !${PROBLEM}.hidden`,
    );
    await assertNoProblem(browser);
    assert.match(
      await textOf(browser, "known"),
      /^Known: your voice by \d, your face by \d pieces/,
    );
    assert.equal(await browser.evaluate(`document.getElementById("preview").hidden`), true);
    await watch(stage, 1);
    assert.equal((await shown(browser)).remark, "By the voice and face.");
    await click(stage, "stop");
    await browser.until(`document.getElementById("doing").textContent === "Stopped."`);
    assertNothingSent(stage);
  },
};

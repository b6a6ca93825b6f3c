import assert from "node:assert/strict";
import {
  BOTH,
  openReady,
  PROBLEM,
  READY,
  ROWS,
  shown,
  START,
  stop,
  textOf,
  watch,
  type Work,
} from "./page_stage.ts";

/** What the page does where a camera or a microphone is missing, forbidden or taken away. */
export const DEVICE_WORKS: Readonly<Record<string, Work>> = {
  "without a microphone the camera works, without a camera the microphone": async (stage) => {
    const { browser, url } = stage;
    const origin = new URL(url).origin;
    for (
      const [devices, missing, remark] of [
        [
          { camera: true, microphone: false },
          /^The microphone was not allowed\. .* Only the camera is used\.$/,
          /the face's alone/,
        ],
        [
          { camera: false, microphone: true },
          /^The camera was not allowed\. .* Only the microphone is used\.$/,
          /the voice's alone/,
        ],
      ] as const
    ) {
      await browser.permit(origin, devices);
      await openReady(stage);
      await watch(stage, 1);
      assert.match(await textOf(browser, "missing"), missing);
      const isSeen = `!document.getElementById("preview").hidden`;
      assert.equal(await browser.evaluate(isSeen), devices.camera);
      assert.match((await shown(browser)).remark, remark);
      await stop(stage);
    }
    await browser.permit(origin, { camera: false, microphone: false });
    await openReady(stage);
    await browser.evaluate(START);
    await browser.until(`!${PROBLEM}.hidden`);
    assert.match(await textOf(browser, "problem"), /^Camera or microphone was not allowed\./);
    assert.equal(await browser.evaluate(READY), true, "it can be tried again");
    await browser.permit(origin, BOTH);
    await watch(stage, 0);
    assert.equal(await textOf(browser, "missing"), "", "what is missing no longer is taken back");
    await stop(stage);
  },

  "a device that is not there, or is taken away, is named": async (stage) => {
    const { browser } = stage;
    // No computer of a test is without one: its browser is told what such a browser says.
    const { identifier } = await browser.send("Page.addScriptToEvaluateOnNewDocument", {
      source: `const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
        if (ask) navigator.mediaDevices.getUserMedia = (wanted) => wanted.audio
          ? Promise.reject(new DOMException("Requested device not found", "NotFoundError"))
          : ask(wanted);`,
    });
    try {
      await openReady(stage);
      await watch(stage, 0);
      assert.equal(
        await textOf(browser, "missing"),
        "The microphone was not found. Is it connected? Only the camera is used.",
      );
    } finally {
      await browser.send("Page.removeScriptToEvaluateOnNewDocument", { identifier });
    }
    await openReady(stage);
    await watch(stage, 0);
    const take = (kind: string) =>
      browser.evaluate(
        `for (const track of (window.stream ??= preview.srcObject).get${kind}Tracks()) {
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }`,
      );
    await take("Video");
    assert.equal(
      await textOf(browser, "missing"),
      "The camera was taken away. The other one is still used.",
    );
    await browser.until(`${ROWS} >= 1`);
    await take("Audio");
    await browser.until(`!${PROBLEM}.hidden`);
    assert.equal(await textOf(browser, "problem"), "The microphone was taken away.");
    assert.equal(await browser.evaluate(READY), true);
  },
};

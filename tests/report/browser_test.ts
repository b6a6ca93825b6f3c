import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderComparison } from "../../src/report/render_comparison.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { Browser, type Screen } from "../browser.ts";
import { testWith } from "../needs.ts";
import { fakeRun } from "./fake_run.ts";
import { HOSTILE, hostileRun } from "./hostile_run.ts";
import { type Ink, ink } from "./ink.ts";
import { ILLEGIBLE, INACCESSIBLE, OVERFLOWING, REGIONS, UNFOLD } from "./page_checks.ts";

const SCREENS: Screen[] = [1280, 390].flatMap((width) =>
  (["light", "dark"] as const).map((scheme) => ({ width, scheme }))
);

const honest = fakeRun();
const tutorial = fakeRun({ protocol: "tutorial" });
const small = fakeRun({ protocol: "tutorial", actors: 3, emotions: 2 });
const hostile = hostileRun();

/** Every kind of page. */
const PAGES: Record<string, string> = {
  "of a full run": renderReport(honest.results, honest.predictions, honest.report, [
    tutorial.results,
  ]),
  "of a small run": renderReport(small.results, small.predictions, small.report),
  "without report.json": renderReport(small.results, small.predictions),
  "of hostile names": renderReport(hostile.results, hostile.predictions, hostile.report, [
    hostile.results,
  ]),
  "of four runs compared": renderComparison([
    { name: "a-run-with-a-name-that-goes-on-and-on-without-a-space", results: honest.results },
    { name: "seed-2", results: fakeRun({ seed: 2 }).results },
    { name: "tutorial", results: tutorial.results },
    { name: HOSTILE[0], results: hostile.results },
  ]),
};

/** Runs `work` with a browser and a folder for pages. */
async function withBrowser(work: (browser: Browser, dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  const browser = await Browser.start();
  try {
    await work(browser, dir);
  } finally {
    await browser.close();
    await Deno.remove(dir, { recursive: true });
  }
}

async function writePage(dir: string, html: string): Promise<string> {
  const path = join(dir, "page.html");
  await Deno.writeTextFile(path, html);
  return pathToFileURL(path).href;
}

/** Looks at a page on every screen. */
async function lookAt(browser: Browser, url: string): Promise<void> {
  for (const screen of SCREENS) {
    const at = JSON.stringify(screen);
    await browser.open(url, screen);
    const title = await browser.evaluate("document.title");
    await browser.evaluate(UNFOLD);
    for (const check of [OVERFLOWING, ILLEGIBLE, INACCESSIBLE]) {
      assert.deepEqual(await browser.evaluate(check), [], at);
    }
    assert.match(title, /^Emofuse/);
    assert.equal(await browser.evaluate("document.title"), title);
    assert.deepEqual(browser.requests, [url], at);
    assert.deepEqual(browser.complaints, [], at);
  }
}

/** What the regions of the full report look like; written anew where UPDATE_SCREENSHOTS is set. */
const LOOKS = new URL("./looks.json", import.meta.url);

/** How far, as a factor, ink and height may be from what they were: fonts differ between machines. */
const TOLERANCE = 1.5;

type Look = Pick<Ink, "share"> & { height: number };

/** Whether a full report looks as it did: no region blank, grown or lost, dark where it should be. */
async function compareLooks(browser: Browser, url: string): Promise<void> {
  const seen: Record<string, Record<string, Look>> = {};
  for (const screen of SCREENS) {
    await browser.open(url, screen);
    const looks: Record<string, Look> = seen[`${screen.width} ${screen.scheme}`] = {};
    for (const { id, ...clip } of await browser.evaluate(REGIONS)) {
      const { paper, share, colours } = ink(await browser.screenshot(clip));
      const brightness = (paper[0] + paper[1] + paper[2]) / 3;
      assert.ok(
        screen.scheme === "dark" ? brightness < 60 : brightness > 220,
        `${id}: ${paper}`,
      );
      assert.ok(colours > 4, `${id} has ${colours} colours`);
      looks[id] = {
        share: Number(share.toFixed(4)),
        height: Math.round(clip.height),
      };
    }
  }
  if (Deno.env.has("UPDATE_SCREENSHOTS")) {
    await Deno.writeTextFile(LOOKS, JSON.stringify(seen, null, 2) + "\n");
  }
  const expected = JSON.parse(await Deno.readTextFile(LOOKS));
  assert.deepEqual(Object.keys(seen), Object.keys(expected));
  for (const [screen, looks] of Object.entries(seen)) {
    assert.deepEqual(Object.keys(looks), Object.keys(expected[screen]), screen);
    for (const [id, look] of Object.entries(looks)) {
      for (const what of ["share", "height"] as const) {
        const ratio = look[what] / expected[screen][id][what];
        assert.ok(
          ratio < TOLERANCE && ratio > 1 / TOLERANCE,
          `${what} of ${id} at ${screen} is ${look[what]}, was ${expected[screen][id][what]}; ` +
            "if it should be so, run this test with UPDATE_SCREENSHOTS=1",
        );
      }
    }
  }
}

await testWith(["chromium"], "reports and comparisons in Chromium", async (t) => {
  await withBrowser(async (browser, dir) => {
    for (const [name, html] of Object.entries(PAGES)) {
      const url = await writePage(dir, html);
      await t.step(
        `a page ${name} fits wide and narrow screens, light and dark, and loads nothing`,
        () => lookAt(browser, url),
      );
    }
    const url = await writePage(dir, PAGES["of a full run"]);
    await t.step("a full report looks as it did", () => compareLooks(browser, url));
  });
});

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { readAssets } from "../../adapters/deno/read_assets.ts";
import { serveModel } from "../../adapters/deno/serve_model.ts";
import { Browser, type Screen } from "../browser.ts";
import { testWith } from "../needs.ts";
import { ILLEGIBLE, INACCESSIBLE, OVERFLOWING, UNFOLD } from "../report/page_checks.ts";
import { edgeFilesOnce } from "./edge_files_once.ts";
import { fakeDevices } from "./fake_devices.ts";
import { type FolderServer, serveFolder } from "./serve_folder.ts";
import { audioVisualModel } from "./test_models.ts";
import { testClips } from "./test_clips.ts";

const WIDE: Screen = { width: 1280, scheme: "light" };
const READY = `!document.getElementById("start").disabled`;
const ROWS = `document.querySelectorAll("#rows tr").length`;
const PROBLEM = `document.getElementById("problem")`;

/** What a page's test works with. */
interface Stage {
  /** The page's address. */
  readonly url: string;
  /** A browser whose camera and microphone play the clip. */
  readonly browser: Browser;
  /** The clip. */
  readonly clip: string;
  /** A folder for files. */
  readonly dir: string;
}

/** What is otherwise in a test: no model is served, or camera and microphone are forbidden. */
interface StageOptions {
  readonly withModel?: boolean;
  readonly mayUseDevices?: boolean;
}

/** Serves the page as `deno task serve` does, beside an endpoint that clips could be sent to. */
async function serveWithModel(page: string): Promise<FolderServer> {
  const { bytes } = await audioVisualModel();
  const assets = await readAssets(pathToFileURL(`${page}/`));
  const server = await serveModel({ bundle: bytes, port: 0, assets });
  return { url: `${server.url}/`, close: () => server.stop() };
}

/** Declares a test of the page, built, served and opened in Chromium. */
function pageTest(
  name: string,
  work: (stage: Stage) => Promise<void>,
  { withModel = true, mayUseDevices = true }: StageOptions = {},
): Promise<void> {
  // ffmpeg makes what Chromium plays as its camera.
  return testWith(["chromium", "ffmpeg"], name, async () => {
    const dir = await Deno.makeTempDir();
    const page = join(dir, "page");
    await writeFolder(page, await edgeFilesOnce("browser"));
    const clip = join(dir, "clip.mp4");
    await Deno.writeFile(clip, (await testClips()).file);
    const server = withModel ? await serveWithModel(page) : serveFolder(page);
    const flags = (await fakeDevices(clip, dir)).map((flag) =>
      mayUseDevices || !flag.includes("fake-ui") ? flag : "--deny-permission-prompts"
    );
    const browser = await Browser.start(flags);
    try {
      await work({ url: server.url, browser, clip, dir });
    } finally {
      await browser.close();
      await server.close();
      await Deno.remove(dir, { recursive: true });
    }
  });
}

/** Opens the page and waits for its model. */
async function openReady(browser: Browser, url: string, screen: Screen): Promise<void> {
  await browser.open(url, screen);
  await browser.until(`${READY} || !${PROBLEM}.hidden`);
  assert.equal(await browser.evaluate(`${PROBLEM}.textContent`), "");
}

/** Nothing may have left the page: only files were fetched from where the page itself came from. */
function assertNothingSent({ url, browser }: Stage): void {
  assert.ok(browser.traffic.some((request) => request.url === `${url}model.emofuse`));
  for (const request of browser.traffic) {
    assert.equal(request.method, "GET", request.url);
    assert.equal(request.hasBody, false, request.url);
    const own = request.url.startsWith(url) || request.url.startsWith(`blob:${url}`);
    assert.ok(own, request.url);
    assert.ok(!new URL(request.url).search, request.url);
  }
  assert.deepEqual(browser.complaints, []);
}

/** What the page shows of its predictions. */
async function shown(browser: Browser) {
  const seen = await browser.evaluate(`({
    label: document.getElementById("label").textContent,
    remark: document.getElementById("remark").textContent,
    shares: [...document.querySelectorAll("#bars meter")].map((bar) => bar.value),
    fields: document.querySelectorAll("#timeline .most").length,
    spoken: document.querySelector("#timeline svg").ariaLabel,
    rows: [...document.querySelectorAll("#rows tr")].map((row) =>
      [...row.cells].map((cell) => cell.textContent)),
    labels: document.getElementById("model").textContent,
  })`);
  const sum = seen.shares.reduce((a: number, b: number) => a + b, 0);
  assert.ok(Math.abs(sum - 1) < 1e-6, `${seen.shares}`);
  assert.ok(seen.labels.includes(seen.label), `${seen.label}: ${seen.labels}`);
  return seen;
}

await pageTest(
  "the page recognises camera and microphone, and sends nothing anywhere",
  async (stage) => {
    const { browser, url } = stage;
    await openReady(browser, url, WIDE);
    await browser.evaluate(`document.getElementById("start").click()`);
    await browser.until(`${ROWS} >= 4 || !${PROBLEM}.hidden`);
    assert.equal(await browser.evaluate(`${PROBLEM}.textContent`), "");
    assert.equal(
      await browser.evaluate(`document.getElementById("preview").videoWidth > 0`),
      true,
    );
    await browser.evaluate(`document.getElementById("stop").click()`);
    await browser.until(`document.getElementById("doing").textContent === "Stopped."`);
    const { rows, fields, spoken, remark } = await shown(browser);
    assert.ok(fields >= 4, `${fields}`);
    assert.equal(remark, "By the voice and face.");
    assert.match(spoken, /^Timeline: \w+ at \d/);
    assert.equal(rows[1][0], "0.5 s");
    assert.equal(rows.at(-1)![4], "voice and face");
    assertNothingSent(stage);
  },
);

await pageTest(
  "the page recognises a clip that is dropped onto it, and sends nothing",
  async (stage) => {
    const { browser, url, clip } = stage;
    await openReady(browser, url, WIDE);
    const data = { items: [], files: [clip], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await browser.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data });
    }
    await browser.until(
      `document.getElementById("doing").textContent.endsWith("as a whole:") || !${PROBLEM}.hidden`,
    );
    assert.equal(await browser.evaluate(`${PROBLEM}.textContent`), "");
    const { rows, fields, remark } = await shown(browser);
    assert.equal(remark, "By the voice and face.");
    assert.equal(fields, rows.length);
    assert.ok(rows.length >= 1);
    assertNothingSent(stage);
  },
);

await pageTest(
  "the page says what is wrong with a file, and with devices it may not use",
  async (stage) => {
    const { browser, url, dir } = stage;
    await openReady(browser, url, WIDE);
    const file = join(dir, "notes.mp4");
    await Deno.writeTextFile(file, "no clip at all");
    const { root } = await browser.send("DOM.getDocument");
    const { nodeId } = await browser.send("DOM.querySelector", {
      ...{ nodeId: root.nodeId, selector: "#file" },
    });
    await browser.send("DOM.setFileInputFiles", { nodeId, files: [file] });
    await browser.until(`!${PROBLEM}.hidden`);
    assert.match(
      await browser.evaluate(`${PROBLEM}.textContent`),
      /neither picture nor sound that it can decode in “notes\.mp4”/,
    );
    await browser.evaluate(`document.getElementById("start").click()`);
    await browser.until(`${PROBLEM}.textContent.includes("not allowed")`);
    assert.equal(await browser.evaluate(READY), true, "it can be tried again");
  },
  { mayUseDevices: false },
);

await pageTest("the page says that it has no model", async ({ browser, url }) => {
  await browser.open(url, WIDE);
  await browser.until(`!${PROBLEM}.hidden`);
  assert.equal(await browser.evaluate(`${PROBLEM}.textContent`), "/model.emofuse answers 404");
  assert.equal(await browser.evaluate(READY), false);
}, { withModel: false });

await pageTest(
  "the page fits wide and narrow screens, light and dark, and is accessible",
  async (stage) => {
    const { browser, url } = stage;
    for (const width of [1280, 390]) {
      for (const scheme of ["light", "dark"] as const) {
        await browser.open(url, { width, scheme });
        await browser.until(READY);
        await browser.evaluate(`document.getElementById("start").click()`);
        await browser.until(`${ROWS} >= 1 || !${PROBLEM}.hidden`);
        await browser.evaluate(`document.getElementById("stop").click()`);
        await browser.until(`document.getElementById("doing").textContent === "Stopped."`);
        await browser.evaluate(UNFOLD);
        for (const check of [OVERFLOWING, ILLEGIBLE, INACCESSIBLE]) {
          assert.deepEqual(await browser.evaluate(check), [], `${width} ${scheme}`);
        }
        const unnamed = await browser.evaluate(
          `[...document.querySelectorAll("input, button, meter, video")].filter((e) =>
          !e.ariaLabel && !e.labels?.length && !e.textContent.trim()).map((e) => e.outerHTML)`,
        );
        assert.deepEqual(unnamed, [], "every control has a name");
      }
    }
  },
);

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { readAssets } from "../../adapters/deno/read_assets.ts";
import { serveModel } from "../../adapters/deno/serve_model.ts";
import { Browser } from "../browser.ts";
import { testWith } from "../needs.ts";
import { ILLEGIBLE, INACCESSIBLE, OVERFLOWING, UNFOLD } from "../report/page_checks.ts";
import { wavFile } from "../serve/clips.ts";
import { orientedPng, storedAs } from "../serve/exif.ts";
import { DEVICE_WORKS } from "./page_devices.ts";
import { PERSON_WORKS } from "./page/person_works.ts";
import { edgeFilesOnce } from "./edge_files_once.ts";
import { fakeDevices } from "./fake_devices.ts";
import { serveFolder } from "./serve_folder.ts";
import { testClips } from "./test_clips.ts";
import { audioVisualModel } from "./test_models.ts";
import {
  assertNoProblem,
  assertNothingSent,
  BOTH,
  face,
  openReady,
  PROBLEM,
  READY,
  recognise,
  ROWS,
  shown,
  stop,
  textOf,
  watch,
  WIDE,
  type Work,
} from "./page_stage.ts";

const WORKS: Readonly<Record<string, Work>> = {
  "camera and microphone are recognised, and nothing is sent": async (stage) => {
    const { browser } = stage;
    await openReady(stage);
    await watch(stage, 4);
    assert.equal(
      await browser.evaluate(`document.getElementById("preview").videoWidth > 0`),
      true,
    );
    await stop(stage);
    const { rows, fields, spoken, remark } = await shown(browser);
    assert.ok(fields >= 4, `${fields}`);
    assert.equal(remark, "By the voice and face.");
    assert.match(spoken, /^Timeline: \w+ at \d/);
    // When the first sound comes is the browser's to say; from then on there is one every half second.
    const [first, second] = rows.map(([start]: string[]) => parseFloat(start));
    assert.ok(Math.abs(second - first - 0.5) < 0.11, `${first} s, ${second} s`);
    assert.equal(rows.at(-1)![4], "voice and face");
    assert.equal(await textOf(browser, "missing"), "");
    assertNothingSent(stage);
  },

  "a clip that is dropped is recognised, and nothing is sent": async (stage) => {
    const { browser, clip } = stage;
    await openReady(stage);
    const data = { items: [], files: [clip], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await browser.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data });
    }
    await browser.until(
      `document.getElementById("doing").textContent.includes("as a whole") || !${PROBLEM}.hidden`,
    );
    await assertNoProblem(browser);
    const { rows, fields, remark, along } = await shown(browser);
    assert.equal(remark, "By the voice and face.");
    assert.equal(fields, rows.length);
    assert.ok(rows.length >= 1);
    assert.ok(along);
    assertNothingSent(stage);
  },

  "a picture is recognised as it is to be shown, whichever way it is stored": async (stage) => {
    const { browser } = stage;
    await openReady(stage);
    const upright = await face();
    const sharesOf = async (name: string, bytes: Uint8Array) => {
      await recognise(stage, name, bytes);
      await assertNoProblem(browser);
      const { shares, along, rows } = await shown(browser);
      assert.equal(along, false, "a picture has no time");
      assert.equal(rows.length, 0);
      return shares;
    };
    const expected = await sharesOf("1.png", orientedPng(upright, 1));
    for (let orientation = 2; orientation <= 8; orientation++) {
      const file = orientedPng(upright, orientation);
      const shares = await sharesOf(`${orientation}.png`, file);
      shares.forEach((share: number, i: number) =>
        assert.ok(Math.abs(share - expected[i]) < 0.02, `${orientation}: ${shares}, ${expected}`)
      );
    }
    await recognise(stage, "lying.png", orientedPng(storedAs(upright, 7), 1));
    const isProblem = await browser.evaluate(`!${PROBLEM}.hidden`);
    if (!isProblem) assert.notDeepEqual((await shown(browser)).shares, expected);
    assertNothingSent(stage);
  },

  "after a clip that fails nothing is left of the one before it": async (stage) => {
    const { browser, clip } = stage;
    await openReady(stage);
    await recognise(stage, "good.mp4", await Deno.readFile(clip));
    await shown(browser);
    for (
      const [name, message] of [
        ["notes.mp4", /^Nothing here can decode “notes\.mp4”: not a media file/],
        ["notes.png", /no picture that it can decode in “notes\.png”/],
      ] as const
    ) {
      await recognise(stage, name, new TextEncoder().encode("no clip at all"));
      assert.match(await textOf(browser, "problem"), message);
      for (const id of ["result", "along", "label", "remark", "bars", "doing"]) {
        assert.equal(await textOf(browser, id), "", `${id} after ${name}`);
      }
      assert.equal(await browser.evaluate(ROWS), 0);
    }
    // The next one is looked at as if nothing had been. What should be known of it is said.
    const { samples, sampleRate } = (await testClips()).unseen;
    const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const loud = new Uint8Array(samples.map((value) => 30_000 * value / peak).buffer);
    await recognise(stage, "loud.wav", wavFile(loud, { tag: 3, bits: 32, sampleRate }));
    await assertNoProblem(browser);
    assert.match((await shown(browser)).remark, /the voice's alone; .*full scale.*\.$/);
  },

  ...DEVICE_WORKS,
  ...PERSON_WORKS,

  "behind a path that ends without a slash all is found": async (stage) => {
    const { browser, url } = stage;
    const proxy = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const { pathname } = new URL(request.url);
      if (!/^\/emofuse(\/|$)/.test(pathname)) return new Response("another site", { status: 404 });
      return fetch(new URL(pathname.slice("/emofuse/".length), url));
    });
    try {
      const prefix = `http://127.0.0.1:${proxy.addr.port}/emofuse`;
      for (const address of [prefix, `${prefix}?a#source`, `${prefix}/`, `${prefix}/index.html`]) {
        await openReady({ ...stage, url: address });
        const style = `getComputedStyle(document.querySelector(".card")).borderRadius`;
        assert.equal(await browser.evaluate(style), "8px", "the style sheet is there");
        const astray = browser.requests.filter((request) => !request.startsWith(prefix));
        assert.deepEqual([...astray, ...browser.complaints], [], address);
      }
      assert.equal(await browser.evaluate("document.baseURI"), `${prefix}/index.html`);
      await openReady({ ...stage, url: `${prefix}?a#source` });
      assert.equal(await browser.evaluate("document.baseURI"), `${prefix}/?a#source`);
    } finally {
      await proxy.shutdown();
    }
  },

  "over plain http from another computer it says in one sentence what to do": async (stage) => {
    const { browser, url } = stage;
    const { port } = new URL(url);
    await browser.open(`http://emofuse.example:${port}/`, WIDE);
    await browser.until(`!${PROBLEM}.hidden`);
    assert.equal(await browser.evaluate("isSecureContext"), false);
    assert.equal(
      await textOf(browser, "problem"),
      "Over plain http browsers lend neither camera nor microphone and let no model be checked: " +
        "open this page over https, or on the computer that serves it, as " +
        `http://localhost:${port}/.`,
    );
    assert.equal(await browser.evaluate(READY), false);
    assert.ok(
      !browser.requests.some((request) => request.endsWith(".emofuse")),
      "7 MB for nothing",
    );
  },

  "a stranger's name for this computer gets neither page, nor model, nor predictions": async (
    { browser, url },
  ) => {
    const { port } = new URL(url);
    const evil = `http://evil.example:${port}`;
    await browser.open(`${evil}/`, WIDE);
    assert.match(await browser.evaluate("document.body.innerText"), /"status":421/);
    for (const [path, method] of [["/v1/model", "GET"], ["/v1/predict", "POST"]]) {
      const ask = `fetch("${path}", { method: "${method}" }).then(({ status }) => status)`;
      assert.equal(await browser.evaluate(ask), 421, path);
    }
  },

  "a stranger's page cannot have clips predicted": async ({ browser, page, url }) => {
    const other = serveFolder(page, { "/other": () => new Response("<p>another site") });
    try {
      await browser.open(`${other.url}other`, WIDE);
      const send = (mode: string) =>
        browser.evaluate(
          `fetch("${url}v1/predict", { method: "POST", mode: "${mode}", body: "a clip" })
            .then(({ status, type }) => type + status, ({ name }) => name)`,
        );
      assert.equal(await send("cors"), "TypeError");
      assert.equal(await send("no-cors"), "opaque0");
      const metrics = await (await fetch(`${url}metrics`)).text();
      const refused = /^emofuse_requests_total\{path="\/v1\/predict",status="403"\} 2$/m;
      assert.match(metrics, refused);
    } finally {
      await other.close();
    }
  },

  "a page without a model says so": async ({ browser, page }) => {
    const server = serveFolder(page);
    try {
      await browser.open(server.url, WIDE);
      await browser.until(`!${PROBLEM}.hidden`);
      assert.equal(await textOf(browser, "problem"), "/model.emofuse answers 404");
      assert.equal(await browser.evaluate(READY), false);
    } finally {
      await server.close();
    }
  },

  "the page fits wide and narrow screens, light and dark, and is accessible": async (stage) => {
    const { browser, url } = stage;
    await browser.permit(new URL(url).origin, { camera: true, microphone: false });
    await openReady(stage);
    // With a notice of what is missing.
    await watch(stage, 1);
    await stop(stage);
    await browser.evaluate(UNFOLD);
    for (const width of [1280, 390]) {
      for (const scheme of ["light", "dark"] as const) {
        await browser.resize({ width, scheme });
        for (const check of [OVERFLOWING, ILLEGIBLE, INACCESSIBLE]) {
          assert.deepEqual(await browser.evaluate(check), [], `${width} ${scheme}`);
        }
        const unnamed = await browser.evaluate(
          `[...document.querySelectorAll("input, button, meter, progress, video")].filter((e) =>
          !e.ariaLabel && !e.labels?.length && !e.textContent.trim()).map((e) => e.outerHTML)`,
        );
        assert.deepEqual(unnamed, [], "every control has a name");
      }
    }
  },
};

// ffmpeg makes what Chromium plays as its camera.
await testWith(["chromium", "ffmpeg"], "the page, in Chromium", async (t) => {
  const dir = await Deno.makeTempDir();
  const page = join(dir, "page");
  await writeFolder(page, await edgeFilesOnce("browser"));
  const clip = join(dir, "clip.mp4");
  await Deno.writeFile(clip, (await testClips()).file);
  const { bytes } = await audioVisualModel();
  const assets = await readAssets(pathToFileURL(`${page}/`));
  const allowedHosts = ["emofuse.example"];
  const server = await serveModel({ bundle: bytes, port: 0, assets, allowedHosts });
  const browser = await Browser.start([
    ...await fakeDevices(clip, dir),
    "--host-resolver-rules=MAP *.example 127.0.0.1",
  ]);
  try {
    for (const [name, work] of Object.entries(WORKS)) {
      await browser.permit(server.url, BOTH);
      await t.step(name, () => work({ url: `${server.url}/`, browser, page, clip, dir }));
    }
  } finally {
    await browser.close();
    await server.stop();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("the page's policy allows the one script that is in it", async () => {
  const html = await Deno.readTextFile(
    new URL("../../adapters/page/index.html", import.meta.url),
  );
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script);
  assert.equal(scripts.length, 1);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(scripts[0]));
  const policy = /script-src ([^;]*);/.exec(html)![1].split(" ");
  assert.deepEqual(policy, [
    "'self'",
    `'sha256-${new Uint8Array(hash).toBase64()}'`,
    "'wasm-unsafe-eval'",
  ]);
});

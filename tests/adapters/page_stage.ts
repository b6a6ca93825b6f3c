import assert from "node:assert/strict";
import { join } from "node:path";
import type { Browser, Screen } from "../browser.ts";
import { testClips } from "./test_clips.ts";

export const WIDE: Screen = { width: 1280, scheme: "light" };
export const READY = `!document.getElementById("start").disabled`;
export const ROWS = `document.querySelectorAll("#rows tr").length`;
export const PROBLEM = `document.getElementById("problem")`;
export const START = `document.getElementById("start").click()`;
export const STARTED = `!document.getElementById("stop").hidden`;
export const STOPPED = `document.getElementById("doing").textContent === "Stopped."`;
export const BOTH = { camera: true, microphone: true };

/** What the page's tests share: one server, beside whose page clips could be sent, and one browser. */
export interface Stage {
  /** The page's address. */
  readonly url: string;
  /** A browser whose camera and microphone play the clip. */
  readonly browser: Browser;
  /** The folder of the page. */
  readonly page: string;
  /** The clip. */
  readonly clip: string;
  /** A folder for files. */
  readonly dir: string;
}

export type Work = (stage: Stage) => Promise<void>;

/** Opens the page and waits for its model. */
export async function openReady({ browser, url }: Stage): Promise<void> {
  await browser.open(url, WIDE);
  await browser.until(`${READY} || !${PROBLEM}.hidden`);
  await assertNoProblem(browser);
}

/** What an element shows; nothing if it is hidden. */
export const textOf = (browser: Browser, id: string): Promise<string> =>
  browser.evaluate(
    `(({ innerText, hidden }) => hidden ? "" : innerText)(document.getElementById("${id}"))`,
  );

export async function assertNoProblem(browser: Browser): Promise<void> {
  assert.equal(await textOf(browser, "problem"), "");
}

/** Nothing may have left the page: only files were fetched from where the page itself came from. */
export function assertNothingSent({ url, browser }: Stage): void {
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
export async function shown(browser: Browser) {
  const seen = await browser.evaluate(`({
    label: document.getElementById("label").innerText,
    remark: document.getElementById("remark").innerText,
    shares: [...document.querySelectorAll("#bars meter")].map((bar) => bar.value),
    fields: document.querySelectorAll("#timeline .most").length,
    spoken: document.querySelector("#timeline svg").ariaLabel,
    rows: [...document.querySelectorAll("#rows tr")].map((row) =>
      [...row.cells].map((cell) => cell.textContent)),
    labels: document.getElementById("model").textContent,
    along: !document.getElementById("along").hidden,
  })`);
  const sum = seen.shares.reduce((a: number, b: number) => a + b, 0);
  assert.ok(Math.abs(sum - 1) < 1e-6, `${seen.shares}`);
  assert.ok(seen.labels.includes(seen.label), `${seen.label}: ${seen.labels}`);
  return seen;
}

/** Has a file looked at, to its end or until something is wrong. */
export async function recognise({ browser, dir }: Stage, name: string, bytes: Uint8Array) {
  const file = join(dir, name);
  await Deno.writeFile(file, bytes);
  await browser.choose("#file", file);
  await browser.until(`!${PROBLEM}.hidden || (${READY} &&
    document.getElementById("doing").textContent.startsWith("${name}"))`);
}

/** Starts camera and microphone, and waits for so many predictions; the first takes a whole window. */
export async function watch({ browser }: Stage, rows: number): Promise<void> {
  await browser.evaluate(START);
  await browser.until(`(${STARTED} && ${ROWS} >= ${rows}) || !${PROBLEM}.hidden`);
  await assertNoProblem(browser);
}

export async function stop({ browser }: Stage): Promise<void> {
  await browser.evaluate(`document.getElementById("stop").click()`);
  await browser.until(STOPPED);
}

/** A picture of the unseen clip. */
export async function face() {
  const { width, height, data } = (await testClips()).unseen.frames;
  return { width, height, data: (data as Uint8Array).slice(0, width * height * 3) };
}

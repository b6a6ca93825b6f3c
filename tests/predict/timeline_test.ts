import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encode } from "fast-png";
import { renderTimeline, type TimelineClip } from "../../src/predict/timeline.ts";
import type { TimedPrediction } from "../../src/recognize/prediction.ts";
import { testCard } from "../recognize/voice_bundle.ts";
import { Browser } from "../browser.ts";
import { testWith } from "../needs.ts";
import { ILLEGIBLE, INACCESSIBLE, OVERFLOWING, UNFOLD } from "../report/page_checks.ts";

const LABELS = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"];
const card = testCard({ labels: LABELS });

/** What a fair model might say at `time`. */
function prediction(time: number, duration: number): TimedPrediction {
  const raw = LABELS.map((_, i) => 1 + Math.sin(time + 2 * i) ** 2);
  const total = raw.reduce((sum, value) => sum + value);
  const values = raw.map((value) => value / total);
  const probabilities = Object.fromEntries(LABELS.map((label, i) => [label, values[i]]));
  const likeliest = LABELS[values.indexOf(Math.max(...values))];
  return {
    label: likeliest,
    ...{
      likeliest,
      probabilities,
      modalities: { audio: probabilities },
      used: ["audio"],
      quality: [],
      warnings: [],
    },
    ...{ start: time, end: time + duration },
  };
}

function clip(file: string, seconds: number, pictures: number): TimelineClip {
  const png = encode({ width: 8, height: 4, data: new Uint8Array(96).fill(90), channels: 3 });
  const url = `data:image/png;base64,${btoa(String.fromCharCode(...png))}`;
  const nothing: TimedPrediction = {
    ...prediction(seconds, 0.4),
    ...{
      label: "",
      likeliest: "",
      used: [],
      modalities: {},
      quality: ["silence"],
      fallback: "The sound is silent",
    },
  };
  return {
    ...{ file, seconds },
    whole: { ...prediction(0, seconds), fallback: "There is no picture: the voice's alone" },
    windows: [
      ...Array.from({ length: Math.floor(2 * (seconds - 2)) }, (_, i) => prediction(i / 2, 2)),
      nothing,
    ],
    views: {
      thumbnails: Array.from({ length: pictures }, (_, i) => ({ time: i, url })),
      aspect: 2,
      waveform: pictures === 1 ? [] : Array.from({ length: 100 }, (_, i) => Math.abs(Math.sin(i))),
      soundSeconds: seconds,
    },
  };
}

const HOSTILE = '"><script>alert(1)</script>.mp4';
const html = renderTimeline(card, [clip("one.mp4", 10, 12), clip(HOSTILE, 61, 0), clip("c", 3, 1)]);

Deno.test("a timeline holds every prediction as a number, and no script", () => {
  assert.equal(html.match(/<image /g)!.length, 13);
  assert.equal(html.match(/<tbody>/g)!.length, 3);
  assert.equal(html.match(/<tr><td>/g)!.length, 17 + 119 + 3);
  assert(!html.includes("<script"));
  assert.match(html, /default-src 'none'/);
  assert.match(html, /aria-label="Timeline of one.mp4: 1.0 s/);
  assert.match(html, /, by voice\. There is no picture/);
  // Windows name what they go by as the whole does, and where it is nothing a dash.
  assert.equal(html.match(/<td>voice<\/td>/g)!.length, 16 + 118 + 2);
  assert.equal(html.match(/<td>–<\/td><td>silence<\/td>/g)!.length, 3);
  assert.doesNotMatch(html, /<td>audio/);
});

/** A clip of which every window says the same. */
const constant: TimelineClip = (() => {
  const { windows, ...rest } = clip("constant.mp4", 20, 4);
  return { ...rest, windows: windows.slice(0, -1).map((window) => ({ ...window, label: "calm" })) };
})();

/** A test that looks at a page of timelines in Chromium. */
function testPage(
  name: string,
  html: string,
  look: (browser: Browser, url: string) => Promise<void>,
): Promise<void> {
  return testWith(["chromium"], name, async () => {
    const dir = await Deno.makeTempDir();
    const browser = await Browser.start();
    try {
      const path = join(dir, "timeline.html");
      await Deno.writeTextFile(path, html);
      await look(browser, pathToFileURL(path).href);
    } finally {
      await browser.close();
      await Deno.remove(dir, { recursive: true });
    }
  });
}

await testPage(
  "on a telephone the label of a long stretch is in sight before anything is scrolled",
  renderTimeline(card, [constant]),
  async (browser, url) => {
    await browser.open(url, { width: 390, scheme: "light" });
    const [text, region] = await browser.evaluate(`(() => {
      const rect = document.querySelector("svg rect");
      return [rect.parentNode.querySelector("text"), rect.closest(".scroll")].map((element) => {
        const { left, right } = element.getBoundingClientRect();
        return { left, right };
      });
    })()`) as { left: number; right: number }[];
    assert.ok(
      text.left >= region.left && text.right <= region.right,
      JSON.stringify([text, region]),
    );
  },
);

await testPage(
  "a timeline fits wide and narrow screens, light and dark, and loads nothing",
  html,
  async (browser, url) => {
    for (const width of [1280, 390]) {
      for (const scheme of ["light", "dark"] as const) {
        await browser.open(url, { width, scheme });
        await browser.evaluate(UNFOLD);
        for (const check of [OVERFLOWING, ILLEGIBLE, INACCESSIBLE]) {
          assert.deepEqual(await browser.evaluate(check), [], `${width} ${scheme}`);
        }
        const outside = browser.requests.filter((request) => !request.startsWith("data:"));
        assert.deepEqual(outside, [url]);
        assert.deepEqual(browser.complaints, []);
      }
    }
  },
);

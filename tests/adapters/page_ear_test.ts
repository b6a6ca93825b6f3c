import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { readAssets } from "../../adapters/deno/read_assets.ts";
import { serveModel } from "../../adapters/deno/serve_model.ts";
import { encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { Browser } from "../browser.ts";
import { testWith } from "../needs.ts";
import { earBundle } from "../recognize/ear_bundle.ts";
import { SAMPLE_RATE, tone } from "../recognize/voice_bundle.ts";
import { wavFile } from "../serve/clips.ts";
import { edgeFilesOnce } from "./edge_files_once.ts";
import { assertNoProblem, openReady, recognise, shown } from "./page_stage.ts";

await testWith(
  ["chromium"],
  "the page names the network that hears and its terms, and recognises a voice by it",
  async () => {
    const dir = await Deno.makeTempDir();
    const page = join(dir, "page");
    await writeFolder(page, await edgeFilesOnce("browser"));
    const bundle = await encodeBundle(await earBundle());
    const server = await serveModel({
      ...{ bundle, port: 0 },
      assets: await readAssets(pathToFileURL(`${page}/`)),
    });
    const browser = await Browser.start();
    const stage = { url: `${server.url}/`, browser, page, clip: "", dir };
    try {
      await openReady(stage);
      const terms = await browser.evaluate(
        `[...document.querySelectorAll("#card dt")].map((dt) =>
          [dt.textContent, dt.nextElementSibling.textContent])`,
      );
      assert.equal(new Map(terms).get("Voice network"), "whisper-tiny; none");
      const samples = tone(1, 2);
      const file = wavFile(new Uint8Array(samples.buffer), {
        ...{ tag: 3, bits: 32, sampleRate: SAMPLE_RATE },
      });
      await recognise(stage, "voice.wav", file);
      await assertNoProblem(browser);
      const { shares, remark } = await shown(browser);
      const recognizer = await loadRecognizer(bundle);
      const { probabilities } = recognizer.predict({ samples, sampleRate: SAMPLE_RATE });
      recognizer.dispose();
      assert.equal(remark, "By the voice.");
      // The browser resamples what it decodes.
      const most = Math.max(...Object.values(probabilities));
      assert.ok(most > 0.55 && Math.abs(Math.max(...shares) - most) < 0.05, `${shares}, ${most}`);
    } finally {
      await browser.close();
      await server.stop();
      await Deno.remove(dir, { recursive: true });
    }
  },
);

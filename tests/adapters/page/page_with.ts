import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeFolder } from "../../../adapters/bundle/write_folder.ts";
import { readAssets } from "../../../adapters/deno/read_assets.ts";
import { serveModel, type ServeModelOptions } from "../../../adapters/deno/serve_model.ts";
import { Browser } from "../../browser.ts";
import { SAMPLE_RATE, tone } from "../../recognize/voice_bundle.ts";
import { wavFile } from "../../serve/clips.ts";
import { withFolder } from "../../with_folder.ts";
import { edgeFilesOnce } from "../edge_files_once.ts";
import type { Stage } from "../page_stage.ts";

/** A tone, low or high, as a file. */
export function toneFile(label: 0 | 1, seconds: number): Uint8Array<ArrayBuffer> {
  const samples = tone(label, seconds);
  const bytes = new Uint8Array(samples.buffer);
  return wavFile(bytes, { tag: 3, bits: 32, sampleRate: SAMPLE_RATE });
}

/**
 * Runs a test on the page with a bundle, in a browser whose microphone plays a low tone, whose camera plays the .mjpeg
 * file `camera`, or else a test picture, and that saves into a folder.
 */
export async function pageWith(
  bundle: Uint8Array<ArrayBuffer>,
  work: (stage: Stage & { readonly stopServer: () => Promise<void> }) => Promise<void>,
  { camera, ...serving }: Pick<ServeModelOptions, "minConfidence"> & { camera?: string } = {},
): Promise<void> {
  await withFolder(async (dir) => {
    const page = join(dir, "page");
    await writeFolder(page, await edgeFilesOnce("browser"));
    const microphone = join(dir, "microphone.wav");
    await Deno.writeFile(microphone, pcmTone());
    const assets = await readAssets(pathToFileURL(`${page}/`));
    const server = await serveModel({ bundle, port: 0, assets, ...serving });
    let isStopped = false;
    const stopServer = async () => {
      if (!isStopped) await server.stop();
      isStopped = true;
    };
    const browser = await Browser.start([
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-audio-capture=${microphone}`,
      ...camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`],
    ]);
    try {
      await browser.permit(server.url, { camera: true, microphone: true });
      await browser.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: dir });
      await work({ url: `${server.url}/`, browser, page, clip: "", dir, stopServer });
    } finally {
      await browser.close();
      await stopServer();
    }
  });
}

/** What Chromium takes for a microphone: PCM of 16 bits. */
function pcmTone(): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(tone(0, 8), (value) => Math.round(32767 * value));
  return wavFile(new Uint8Array(samples.buffer), { sampleRate: SAMPLE_RATE });
}

/** A file that the page saved, once it is whole. */
export async function saved({ dir }: Stage, name: string): Promise<Uint8Array<ArrayBuffer>> {
  for (const end = Date.now() + 20_000;;) {
    try {
      return await Deno.readFile(join(dir, name));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Clicks a control of the page. */
export const click = ({ browser }: Stage, id: string) =>
  browser.evaluate(`document.getElementById("${id}").click()`);

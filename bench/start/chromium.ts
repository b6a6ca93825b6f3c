import type { EdgeFiles } from "../../adapters/bundle/edge_files.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { BenchError } from "../contender.ts";
import { outputOf } from "../read_proc.ts";
import {
  type MeasuredStart,
  memoryOf,
  PREDICTIONS,
  processorOf,
  processorSpent,
} from "./measured_start.ts";

/** The program, wherever it is on the path. */
const CHROMIUM = "chromium";

/** How long a page may take, in ms. */
const PATIENCE = 300_000;

/** Where the clip is found, and where the page says what it measured; no names of files in a bundle. */
const CLIP = "/bench/clip.json", SAMPLES = "/bench/samples", FRAMES = "/bench/frames";
const PAGE = "/bench/page.html", FIRST = "/bench/first", DONE = "/bench/done";

/** Media types of files that browsers take by theirs alone. */
const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", wasm: "application/wasm" };

/** Loads the recogniser in its Web Worker, as a page of one's own would, and tells in seconds how long that took. */
const SCRIPT = `
const begun = performance.now();
const { WorkerRecognizer } = await import("/emofuse.js");
const clip = await (await fetch("${CLIP}")).json();
clip.samples = new Float32Array(await (await fetch("${SAMPLES}")).arrayBuffer());
if (clip.frames) clip.frames.data = new Uint8Array(await (await fetch("${FRAMES}")).arrayBuffer());
const recognizer = await WorkerRecognizer.load(new URL("/model.emofuse", location.href));
const times = [];
for (let i = 0; i < ${PREDICTIONS}; i++) {
  const from = i === 0 ? begun : performance.now();
  await recognizer.predict(clip);
  times.push((performance.now() - from) / 1000);
  if (i === 0) await fetch("${FIRST}", { method: "POST" });
}
await fetch("${DONE}", { method: "POST", body: JSON.stringify(times) });
`;

/**
 * Opens a page that recognises a clip in headless Chromium and measures it: the start from when the page's script
 * runs, with the browser there already; memory of the page's process, in which its Web Worker runs too.
 *
 * @param files What is bundled for browsers, with the model.
 * @param folder Where the browser's profile is kept meanwhile.
 *
 * @returns Undefined where there is no Chromium.
 *
 * @throws {BenchError} If the page says nothing.
 */
export async function measureChromium(
  files: EdgeFiles,
  clip: ClipInput,
  folder: string,
): Promise<MeasuredStart | undefined> {
  const done = Promise.withResolvers<number[]>();
  let atFirst: number | undefined;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === FIRST) {
      atFirst = await processorOf(await pageOf(browser!.pid));
      return new Response();
    }
    if (pathname === DONE) {
      done.resolve(await request.json());
      return new Response();
    }
    return answer(pathname, files, clip);
  });
  const profile = await Deno.makeTempDir({ prefix: "chromium-", dir: folder });
  const browser = startBrowser(profile, `http://127.0.0.1:${server.addr.port}${PAGE}`);
  const timer = setTimeout(
    () => done.reject(new BenchError("the page in Chromium says nothing")),
    PATIENCE,
  );
  try {
    if (!browser) return undefined;
    const [first, ...others] = await done.promise;
    const page = await pageOf(browser.pid);
    const processor = processorSpent(atFirst, await processorOf(page));
    const memory = page === undefined ? undefined : await memoryOf(page);
    return { first, each: Math.min(...others), processor, memory };
  } finally {
    clearTimeout(timer);
    browser?.kill("SIGTERM");
    await browser?.status;
    await server.shutdown();
    await Deno.remove(profile, { recursive: true });
  }
}

function startBrowser(profile: string, address: string): Deno.ChildProcess | undefined {
  try {
    return new Deno.Command(CHROMIUM, {
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`],
        // Without it some versions end at once.
        "--remote-debugging-port=0",
        address,
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function answer(pathname: string, files: EdgeFiles, clip: ClipInput): Response {
  const { samples, sampleRate, frames } = clip;
  const html = { headers: { "content-type": "text/html; charset=utf-8" } };
  const raw = (data: ArrayBufferView) =>
    new Response(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength));
  if (pathname === PAGE) return new Response(`<script type="module">${SCRIPT}</script>`, html);
  if (pathname === SAMPLES) return raw(samples!);
  if (pathname === FRAMES) return raw(frames!.data as Uint8Array);
  if (pathname === CLIP) {
    const shape = frames && (({ n, height, width, fps }) => ({ n, height, width, fps }))(frames);
    return Response.json({ sampleRate, frames: shape });
  }
  const bytes = files.get(pathname.slice(1));
  if (!bytes) return new Response(`there is no ${pathname}`, { status: 404 });
  const type = TYPES[pathname.split(".").at(-1)!] ?? "application/octet-stream";
  return new Response(new Uint8Array(bytes), { headers: { "content-type": type } });
}

/** The process of a browser's largest page, for there may be an empty one in reserve; undefined where none is found. */
async function pageOf(browser: number): Promise<number | undefined> {
  const listed = await outputOf("ps", ["-e", "-o", "pid=,ppid=,rss=,args="]) ?? "";
  const processes = Array.from(
    listed.matchAll(/^ *(\d+) +(\d+) +(\d+) (.*)$/gm),
    ([, pid, parent, kb, args]) => ({ pid: +pid, parent: +parent, kb: +kb, args }),
  );
  const family = new Set([browser]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes
    .filter(({ pid, args }) => family.has(pid) && args.includes("--type=renderer"))
    .sort((a, b) => b.kb - a.kb)
    .at(0)?.pid;
}

import type { CoreSource } from "../../../src/media/ffmpeg/core_source.ts";
import { spawnWorker } from "../../../src/runtime/workers/spawn_worker.ts";
import { whenKept } from "../offline/keep_offline.ts";
import { FOREIGN_DECODER, loadPart } from "./load_part.ts";

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * ffmpeg.wasm as it lies beside the page, fetched and compiled once while the page is open.
 *
 * @param onProgress Is told how much of it has come, 0 to 1.
 * @throws {PageError} If it cannot be fetched.
 */
export async function pageCore(onProgress: (share: number) => void): Promise<CoreSource> {
  compiled ??= loadPart(FOREIGN_DECODER, () => load(onProgress)).catch((error) => {
    // Another clip may find the server there again.
    compiled = undefined;
    throw error;
  });
  const module = await compiled;
  return {
    compiled: () => Promise.resolve(module),
    spawn: () => spawnWorker(new URL("./ffmpeg_worker.js", import.meta.url), "ffmpeg"),
  };
}

async function load(onProgress: (share: number) => void): Promise<WebAssembly.Module> {
  // What comes before the service worker is there it cannot keep.
  await whenKept();
  const response = await fetch(new URL("./ffmpeg-core.wasm", import.meta.url));
  if (!response.ok || !response.body) throw new Error(`it answers ${response.status}`);
  const length = Number(response.headers.get("content-length"));
  let come = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(bytes, controller) {
        come += bytes.length;
        if (length > 0) onProgress(come / length);
        controller.enqueue(bytes);
      },
    }),
  );
  // Some servers do not know what .wasm is.
  const headers = { "content-type": "application/wasm" };
  return await WebAssembly.compileStreaming(new Response(counted, { headers }));
}

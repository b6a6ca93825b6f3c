/**
 * Whisper's encoder in onnxruntime with one thread, for `deno task bench whisper`; the argument as for `vgg_peer.ts`.
 *
 * @module
 */

import process from "node:process";
import { serveWhisper } from "../whisper/serve_whisper.ts";
import { oneThread } from "./one_thread.ts";

await serveWhisper(async (model) => {
  const run = await oneThread(process.argv[2], model);
  return (mel, frames) => run(mel, [frames, 80]);
});

/**
 * The worker in which ffmpeg.wasm runs. It is started without any permission: it gets compiled
 * WebAssembly and the clip's bytes by message and gives arrays back, so that a clip made to subvert
 * ffmpeg finds no file, no network and no environment to reach.
 *
 * @module
 */
// @ts-types="./ffmpeg_core_module.d.ts"
import createFFmpegCore from "@ffmpeg/core";
import type { FfmpegCoreModule } from "./ffmpeg_core_module.d.ts";

/** The first message: the compiled `ffmpeg-core.wasm`. */
export interface LoadRequest {
  /** Shared by all workers of the process: compiled once. */
  readonly module: WebAssembly.Module;
}

/** A later message: files to write, a program to run, files to read back, files to remove. */
export interface RunRequest {
  /** Files to write before the program runs, in ffmpeg's own in-memory file system. */
  readonly write: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The program to run. */
  readonly program: "ffmpeg" | "ffprobe";
  /** Its arguments, without the program's name. */
  readonly args: readonly string[];
  /** Files to read and remove after it ran. */
  readonly read: readonly string[];
  /** Files to remove after it ran. */
  readonly remove: readonly string[];
}

/** The answer to a {@linkcode RunRequest}. */
export interface RunResult {
  /** The program's exit code; undefined for ffprobe, which leaves none. */
  readonly code: number | undefined;
  /** What it printed on standard output. */
  readonly stdout: string;
  /** What it printed on standard error: at most the first 500 lines. */
  readonly log: readonly string[];
  /** The files of `read`, in order; an empty array for one that was not written. */
  readonly files: readonly Uint8Array<ArrayBuffer>[];
  /** Size of the WebAssembly memory after the run, in bytes. */
  readonly heapBytes: number;
}

/** What the worker posts: that it is loaded, a result, or why it can do nothing more. */
export type WorkerReply =
  | { readonly kind: "loaded" }
  | ({ readonly kind: "result" } & RunResult)
  | { readonly kind: "crashed"; readonly message: string };

const MAX_LOG_LINES = 500;

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<LoadRequest | RunRequest>) => void) | null;
  postMessage(reply: WorkerReply, transfer?: Transferable[]): void;
}

const scope = self as unknown as WorkerScope;
let core: FfmpegCoreModule | undefined;
let stdout: string[] = [];
let log: string[] = [];

scope.onmessage = async ({ data }) => {
  try {
    if ("module" in data) {
      core = await load(data.module);
      scope.postMessage({ kind: "loaded" });
    } else {
      if (core === undefined) throw new Error("a program was asked for before the core was loaded");
      const result = run(core, data);
      scope.postMessage({ kind: "result", ...result }, result.files.map((file) => file.buffer));
    }
  } catch (error) {
    scope.postMessage({
      kind: "crashed",
      message: error instanceof Error ? error.message : `${error}`,
    });
  }
};

async function load(module: WebAssembly.Module): Promise<FfmpegCoreModule> {
  const loaded = await createFFmpegCore({
    instantiateWasm(imports, done) {
      // An Emscripten module is a promise-like that never settles if this fails: report it ourselves.
      WebAssembly.instantiate(module, imports).then(done, (error) => {
        scope.postMessage({ kind: "crashed", message: `${error}` });
      });
      return {};
    },
  });
  loaded.setLogger(({ type, message }) => {
    if (type === "stdout") stdout.push(message);
    else if (log.length < MAX_LOG_LINES) log.push(message);
  });
  return loaded;
}

function run(core: FfmpegCoreModule, request: RunRequest): RunResult {
  stdout = [];
  log = [];
  for (const { name, bytes } of request.write) core.FS.writeFile(name, bytes, { canOwn: true });
  let code: number | undefined;
  if (request.program === "ffmpeg") {
    core.exec(...request.args);
    code = core.ret;
    // Still the value before the run: C's abort() ended it, which the core keeps to itself.
    if (code === -1) throw new Error("it aborted");
  } else {
    core.ffprobe(...request.args);
  }
  core.reset();
  // The core swallows every abort, for a normal exit is one too; only that one carries no text.
  const abort = log.find((line) => /^Aborted\(.+\)/.test(line));
  if (abort !== undefined) throw new Error(abort);
  const files = request.read.map((name) =>
    core.FS.analyzePath(name).exists ? core.FS.readFile(name) : new Uint8Array()
  );
  for (const name of [...request.read, ...request.remove]) {
    if (core.FS.analyzePath(name).exists) core.FS.unlink(name);
  }
  return {
    code,
    stdout: stdout.join("\n"),
    log: log.filter((line) => line !== "Aborted()"),
    files,
    heapBytes: core.HEAPU8.length,
  };
}

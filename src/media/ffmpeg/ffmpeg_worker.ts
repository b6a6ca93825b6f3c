/**
 * The worker in which ffmpeg.wasm runs. Deno starts it without any permission: it gets compiled
 * WebAssembly and the clip's bytes by message and gives arrays back, so that a clip made to subvert
 * ffmpeg finds no file, no network and no environment to reach.
 *
 * @module
 */
// @ts-types="./ffmpeg_core_module.d.ts"
import createFFmpegCore from "@ffmpeg/core";
import { answerCalls } from "../../runtime/calls/answer_calls.ts";
import { workerPort } from "../../runtime/workers/worker_port.ts";
import type { FfmpegCoreModule } from "./ffmpeg_core_module.d.ts";

/** What the worker is asked: the argument and the answer of each call, and what it reports on the way. */
export interface FfmpegCalls {
  /** Loads the compiled `ffmpeg-core.wasm`, which all workers of the process share; comes first. */
  readonly load: [WebAssembly.Module, null];
  /** Runs a program. */
  readonly run: [RunRequest, RunResult, Chunk];
  /** Removes files. */
  readonly remove: [readonly string[], null];
}

/** What a program writes, piece by piece. */
export interface Chunk {
  /** Which of the streamed files it belongs to. */
  readonly output: number;
  /** Its next bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Files to write, a program to run, what to read of its output. */
export interface RunRequest {
  /** Files to write before the program runs, in ffmpeg's own in-memory file system. */
  readonly write: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The program to run. */
  readonly program: "ffmpeg" | "ffprobe";
  /** Its arguments, without the program's name. */
  readonly args: readonly string[];
  /** Files that are posted in chunks while it writes them, from their start to their end. */
  readonly stream?: readonly string[];
  /**
   * A shared 32-bit integer: the number of chunks that were posted and not yet taken. Where none can be shared ffmpeg
   * is not held up, and what was not taken waits in memory.
   */
  readonly gate?: SharedArrayBuffer;
  /** Files to read and remove after it ran. */
  readonly read: readonly string[];
}

/** What came of a {@linkcode RunRequest}. */
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

const MAX_LOG_LINES = 500;

/** Bytes of a chunk. */
const CHUNK_BYTES = 2 ** 20;

/** Chunks that may wait to be taken: enough that ffmpeg need not wait for a consumer that keeps up. */
const MOST_CHUNKS = 8;

let core: FfmpegCoreModule | undefined;
let stdout: string[] = [];
let log: string[] = [];

answerCalls<FfmpegCalls>(workerPort(), {
  load: (module) =>
    readable(async () => {
      core = await load(module);
      return null;
    }),
  run: (request, { report, handOver }) =>
    readable(() => {
      const result = run(loaded(), request, report);
      for (const { buffer } of result.files) handOver(buffer);
      return result;
    }),
  remove: (files) =>
    readable(() => {
      removeFiles(loaded(), files);
      return null;
    }),
});

function loaded(): FfmpegCoreModule {
  if (core === undefined) throw new Error("something was asked for before the core was loaded");
  return core;
}

/** Does `work`; what it throws becomes an error with a message. */
async function readable<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(messageOf(error), { cause: error });
  }
}

/** What Emscripten throws is not always an Error, but has a message. */
function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === "string" && message !== "" ? message : "for an unknown reason";
}

/** What Emscripten's script asks a worker of the Web's kind for, in threads of Node, which have neither. */
function lookLikeTheWeb(): void {
  const scope = globalThis as { self?: unknown; location?: unknown };
  scope.self ??= globalThis;
  scope.location ??= { href: import.meta.url };
}

async function load(module: WebAssembly.Module): Promise<FfmpegCoreModule> {
  lookLikeTheWeb();
  const loaded = await new Promise<FfmpegCoreModule>((resolve, reject) => {
    createFFmpegCore({
      instantiateWasm(imports, done) {
        // An Emscripten module is a promise-like that never settles if this fails.
        WebAssembly.instantiate(module, imports).then(done, reject);
        return {};
      },
    }).then(resolve, reject);
  });
  loaded.setLogger(({ type, message }) => {
    if (type === "stdout") stdout.push(message);
    else if (log.length < MAX_LOG_LINES) log.push(message);
  });
  return loaded;
}

/** Tells the caller of the next piece of what a program writes, and hands it over. */
type ReportChunk = (chunk: Chunk, transfer: ArrayBuffer[]) => void;

function run(core: FfmpegCoreModule, request: RunRequest, report: ReportChunk): RunResult {
  stdout = [];
  log = [];
  for (const { name, bytes } of request.write) core.FS.writeFile(name, bytes, { canOwn: true });
  const streams = (request.stream ?? []).map((name, output) =>
    stream(core, name, output, request.gate, (bytes) => report({ output, bytes }, [bytes.buffer]))
  );
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
  for (const end of streams) end();
  // The core swallows every abort, for a normal exit is one too; only that one carries no text.
  const abort = log.find((line) => /^Aborted\(.+\)/.test(line));
  if (abort !== undefined) throw new Error(abort);
  const files = request.read.map((name) =>
    core.FS.analyzePath(name).exists ? core.FS.readFile(name) : new Uint8Array()
  );
  removeFiles(core, [...request.read, ...request.stream ?? []]);
  return {
    code,
    stdout: stdout.join("\n"),
    log: log.filter((line) => line !== "Aborted()"),
    files,
    heapBytes: core.HEAPU8.length,
  };
}

function removeFiles({ FS }: FfmpegCoreModule, files: readonly string[]): void {
  for (const name of files) if (FS.analyzePath(name).exists) FS.unlink(name);
}

/**
 * Makes `name` a device whose bytes are posted in chunks instead of filling the memory. While too many wait
 * to be taken ffmpeg is held up. Returns a function that posts the rest.
 */
function stream(
  core: FfmpegCoreModule,
  name: string,
  output: number,
  gate: SharedArrayBuffer | undefined,
  take: (bytes: Uint8Array<ArrayBuffer>) => void,
): () => void {
  const waiting = gate && new Int32Array(gate);
  let chunk = new Uint8Array(CHUNK_BYTES);
  let length = 0;
  const post = () => {
    if (length === 0) return;
    take(chunk.subarray(0, length));
    chunk = new Uint8Array(CHUNK_BYTES);
    length = 0;
    if (!waiting) return;
    for (let now = Atomics.add(waiting, 0, 1) + 1; now >= MOST_CHUNKS;) {
      Atomics.wait(waiting, 0, now);
      now = Atomics.load(waiting, 0);
    }
  };
  const device = core.FS.makedev(DEVICE_MAJOR, output);
  core.FS.registerDevice(device, {
    write(_stream, heap, offset, size) {
      for (let done = 0; done < size;) {
        const part = Math.min(size - done, CHUNK_BYTES - length);
        chunk.set(heap.subarray(offset + done, offset + done + part), length);
        length += part;
        done += part;
        if (length === CHUNK_BYTES) post();
      }
      return size;
    },
  });
  core.FS.mkdev(name, device);
  return post;
}

/** A number that no device of Emscripten's own has. */
const DEVICE_MAJOR = 200;

import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { spawnProgram } from "../runtime/spawn_program.ts";
import { fileProblem } from "../runtime/files/file_problem.ts";
import { clipSize, fileError, readWholeClip } from "./clip_file.ts";
import type { ClipTools, TrackOutput } from "./clip_tools.ts";
import { decodeClip } from "./decode_clip.ts";
import type { DecodePlan } from "./decode_plan.ts";
import { type DecodeOptions, decodeWindow } from "./decode_options.ts";
import type { ClipInfo, DecodedClip, Decoder } from "./decoder.ts";
import { type DecoderOptions, decoderOptions } from "./decoder_options.ts";
import { LOG_ARGS } from "./ffmpeg/ffmpeg_log.ts";
import { inspectClip } from "./inspect_clip.ts";
import { MediaError } from "./media_error.ts";
import { inputArgs, probeArgs } from "./probe.ts";
import { processDsp } from "./process_dsp.ts";
import { Slots } from "./slots.ts";
import { TimeLimit } from "./ffmpeg/time_limit.ts";

/** The native decoder cannot be used on this machine; the message says why and what to do. */
export class NativeDecoderError extends Error {
  /** The error's class, for logs. */
  override readonly name = "NativeDecoderError";
}

/**
 * Decodes with the `ffmpeg` and `ffprobe` installed on the machine: faster than WebAssembly, but the
 * clip is read by a program with all the rights of the user. Each program runs in one thread.
 */
export class NativeDecoder implements Decoder {
  /** Which decoder this is. */
  readonly name = "native";
  /** Version as ffmpeg itself tells it. */
  readonly version: string;
  readonly #slots: Slots;
  readonly #timeLimitSeconds: number;
  readonly #stop = new AbortController();

  private constructor(options: Required<DecoderOptions>, version: string) {
    this.version = version;
    this.#slots = new Slots(options.workers);
    this.#timeLimitSeconds = options.timeLimitSeconds;
  }

  /**
   * Looks for ffmpeg and ffprobe and prepares a decoder.
   *
   * @throws {NativeDecoderError} If ffmpeg or ffprobe is not installed, does not work or may not be run.
   * @throws {RangeError} If an option is out of range.
   */
  static async open(options?: DecoderOptions): Promise<NativeDecoder> {
    const settings = decoderOptions(options);
    const versions: string[] = [];
    for (const program of ["ffmpeg", "ffprobe"]) {
      const { success, stdout, log } = await new NativeDecoder(settings, "")
        .#run(program, ["-version"]);
      if (!success) throw new NativeDecoderError(`${program} does not work: ${log[0]}`);
      const [first = `${program} of unknown version`] = lines(new TextDecoder().decode(stdout));
      versions.push(first.split(" ").slice(0, 3).join(" "));
    }
    return new NativeDecoder(settings, versions[0]);
  }

  /**
   * Decodes the start of one clip.
   *
   * @throws {MediaError} If the file cannot be read or decoded, is truncated, or lacks a track asked for.
   * @throws {NativeDecoderError} If ffmpeg or ffprobe has gone meanwhile.
   * @throws {RangeError} If an option is out of range.
   */
  async decode(path: string, options?: DecodeOptions | DecodePlan): Promise<DecodedClip> {
    if (typeof options === "object") decodeWindow(options);
    return await this.#withClip(path, (tools) => decodeClip(tools, options));
  }

  /**
   * Says what a clip is: decodes all its sound, none of its picture.
   *
   * @throws {MediaError} If the file cannot be read, is truncated, or has neither picture nor sound.
   * @throws {NativeDecoderError} If ffmpeg or ffprobe has gone meanwhile.
   */
  async inspect(path: string): Promise<ClipInfo> {
    return await this.#withClip(path, inspectClip);
  }

  /** Ends the running programs. Clips still being decoded fail. Closing twice is allowed. */
  close(): Promise<void> {
    this.#stop.abort();
    return Promise.resolve();
  }

  #withClip<T>(path: string, work: (tools: ClipTools) => Promise<T>): Promise<T> {
    return this.#slots.use(async () => {
      if (this.#stop.signal.aborted) throw new Error("the decoder is closed");
      const size = await clipSize(path);
      const head = await readHead(path);
      // The prefix keeps a file called "concat:a" or "-y" a file; a full path keeps it where it is.
      const input = `file:${resolve(path)}`;
      return await work({
        decoder: "native",
        path,
        head,
        size,
        bytes: () => readWholeClip(path),
        dsp: processDsp,
        probe: async (countFrames) => {
          const { stdout, log } = await this.#run("ffprobe", probeArgs(input, countFrames), path);
          return { stdout: new TextDecoder().decode(stdout), log };
        },
        transcode: async (outputs) => {
          // One process an output, for each comes through standard output: no file on disk is needed.
          const runs = await Promise.all(outputs.map((output) =>
            this.#run(
              "ffmpeg",
              [
                ...LOG_ARGS,
                "-nostdin",
                "-threads",
                "1",
                "-filter_threads",
                "1",
                ...inputArgs(input),
                ...output.args,
                "pipe:1",
              ],
              path,
              output,
            )
          ));
          return {
            success: runs.every((run) => run.success),
            log: runs.flatMap((run) => run.log),
          };
        },
      });
    });
  }

  /**
   * Runs a program to its end; `path` is the clip it works on, for messages. What it writes on standard output goes
   * to `output` part by part, or is gathered where there is none.
   */
  async #run(
    program: string,
    args: string[],
    path?: string,
    output?: TrackOutput,
  ): Promise<{ success: boolean; stdout: Uint8Array; log: string[] }> {
    const stop = new AbortController();
    let late: string | undefined;
    const limit = new TimeLimit(this.#timeLimitSeconds, (reason) => {
      late = reason;
      stop.abort();
    });
    const gathered: Uint8Array[] = [];
    let bytes = 0;
    try {
      const child = await spawnProgram(
        program,
        args,
        AbortSignal.any([stop.signal, this.#stop.signal]),
      );
      const log = child.stderr;
      try {
        for await (const part of child.stdout) {
          bytes += part.length;
          if (output) {
            limit.reached(bytes / output.bytesPerSecond);
            await output.take(part);
          } else gathered.push(part);
        }
      } catch (error) {
        // What the output threw: the program is not needed any more.
        stop.abort();
        await Promise.allSettled([log, child.success]);
        throw error;
      }
      const [text, success] = await Promise.all([log, child.success]);
      if (this.#stop.signal.aborted) throw new Error("the decoder was closed");
      if (late !== undefined) {
        throw path === undefined
          ? new NativeDecoderError(`${program} ${late} to say its version`)
          : new MediaError(path, late);
      }
      const stdout = new Uint8Array(await new Blob(gathered as BlobPart[]).arrayBuffer());
      return { success, stdout, log: lines(text) };
    } catch (error) {
      throw whyNotRun(program, error);
    } finally {
      limit.clear();
    }
  }
}

/** The first 16 bytes of a file, or all if it has fewer. */
async function readHead(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const head = new Uint8Array(16);
    const { bytesRead } = await file.read(head);
    return head.subarray(0, bytesRead);
  } catch (error) {
    throw fileError(path, error);
  }
}

function whyNotRun(program: string, error: unknown): unknown {
  const otherwise = "or use the decoder wasm, which needs nothing installed";
  const problem = fileProblem(error);
  if (problem === "missing") {
    return new NativeDecoderError(
      `the native decoder needs ${program}, which is not on PATH; install ffmpeg ${otherwise}`,
      { cause: error },
    );
  }
  if (problem === "denied") {
    return new NativeDecoderError(
      `${program} may not be run; allow it (--allow-run=ffmpeg,ffprobe) ${otherwise}`,
      { cause: error },
    );
  }
  return error;
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

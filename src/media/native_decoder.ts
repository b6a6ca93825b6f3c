import { resolve } from "node:path";
import { clipSize, fileError } from "./clip_file.ts";
import { type ClipTools, decodeClip, inspectClip } from "./decode_clip.ts";
import { type DecodeOptions, decodeWindow } from "./decode_options.ts";
import type { ClipInfo, DecodedClip, Decoder } from "./decoder.ts";
import { type DecoderOptions, decoderOptions } from "./decoder_options.ts";
import { LOG_ARGS } from "./ffmpeg_log.ts";
import { MediaError } from "./media_error.ts";
import { INPUT_ARGS, probeArgs } from "./probe.ts";
import { Slots } from "./slots.ts";

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
      const { success, stdout, stderr } = await new NativeDecoder(settings, "")
        .#run(program, ["-version"]);
      if (!success) throw new NativeDecoderError(`${program} does not work: ${lines(stderr)[0]}`);
      const [first = `${program} of unknown version`] = lines(stdout);
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
  async decode(path: string, options?: DecodeOptions): Promise<DecodedClip> {
    decodeWindow(options);
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
        path,
        head,
        size,
        probe: async (countFrames) => {
          const { stdout, stderr } = await this.#run(
            "ffprobe",
            probeArgs(input, countFrames),
            path,
          );
          return { stdout: new TextDecoder().decode(stdout), log: lines(stderr) };
        },
        // One process an output, for each comes through standard output: no file on disk is needed.
        transcode: async (outputs) => {
          const runs = await Promise.all(outputs.map((args) =>
            this.#run("ffmpeg", [
              ...LOG_ARGS,
              ...["-nostdin", "-threads", "1", "-filter_threads", "1"],
              ...INPUT_ARGS,
              ...["-i", input],
              ...args,
              "pipe:1",
            ], path)
          ));
          return {
            outputs: runs.map((run) => run.stdout),
            log: runs.flatMap((run) => lines(run.stderr)),
          };
        },
      });
    });
  }

  /** Runs a program to its end; `path` is the clip it works on, for messages. */
  async #run(program: string, args: string[], path?: string): Promise<Deno.CommandOutput> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#timeLimitSeconds * 1000);
    try {
      const output = await new Deno.Command(program, {
        args,
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
        signal: AbortSignal.any([limit.signal, this.#stop.signal]),
      }).output();
      if (this.#stop.signal.aborted) throw new Error("the decoder was closed");
      if (limit.signal.aborted) {
        const reason = `took longer than ${this.#timeLimitSeconds} s`;
        throw path === undefined
          ? new NativeDecoderError(`${program} ${reason} to say its version`)
          : new MediaError(path, reason);
      }
      return output;
    } catch (error) {
      throw whyNotRun(program, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The first 16 bytes of a file, or all if it has fewer. */
async function readHead(path: string): Promise<Uint8Array> {
  try {
    using file = await Deno.open(path);
    const head = new Uint8Array(16);
    const read = await file.read(head) ?? 0;
    return head.subarray(0, read);
  } catch (error) {
    throw fileError(path, error);
  }
}

function whyNotRun(program: string, error: unknown): unknown {
  const otherwise = "or use the decoder wasm, which needs nothing installed";
  if (error instanceof Deno.errors.NotFound) {
    return new NativeDecoderError(
      `the native decoder needs ${program}, which is not on PATH; install ffmpeg ${otherwise}`,
      { cause: error },
    );
  }
  if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) {
    return new NativeDecoderError(
      `${program} may not be run; allow it (--allow-run=ffmpeg,ffprobe) ${otherwise}`,
      { cause: error },
    );
  }
  return error;
}

function lines(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split("\n").filter((line) => line !== "");
}

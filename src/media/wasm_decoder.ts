import { FFMPEG_CORE } from "../runtime/manifest.ts";
import { readWholeClip } from "./clip_file.ts";
import type { ClipTools } from "./clip_tools.ts";
import { decodeClip } from "./decode_clip.ts";
import type { DecodePlan } from "./decode_plan.ts";
import { type DecodeOptions, decodeWindow } from "./decode_options.ts";
import type { ClipInfo, DecodedClip, Decoder } from "./decoder.ts";
import { type DecoderOptions, decoderOptions } from "./decoder_options.ts";
import { PACKAGE_CORE } from "./ffmpeg/package_core.ts";
import { CoreStoppedError, FfmpegCore } from "./ffmpeg/ffmpeg_core.ts";
import { inspectClip } from "./inspect_clip.ts";
import { CoreClip, INPUT } from "./ffmpeg/core_clip.ts";
import { MediaError } from "./media_error.ts";
import { processDsp } from "./process_dsp.ts";
import { Slots } from "./slots.ts";

/** A core whose memory grew beyond this is replaced after the clip: WebAssembly memory never shrinks. */
const MAX_HEAP_BYTES = 512 * 2 ** 20;

/**
 * A core is replaced after so many runs, two or three a clip: each run leaves a little of the core's 64 KB stack
 * occupied, because it ends by an exception that unwinds no WebAssembly frame (ffmpeg.wasm's issues 563
 * and 820, pull request 943). Measured: the stack overflows after about 95 runs that decode an .mp4.
 */
const MAX_RUNS = 16;

/**
 * Decodes with ffmpeg.wasm (`@ffmpeg/core`, GPL-2.0-or-later, a separate program loaded at run time):
 * nothing to install. Each worker holds one core, without any permission, which is used for clip
 * after clip; a core that failed on a clip is thrown away rather than trusted again.
 */
export class WasmDecoder implements Decoder {
  /** Which decoder this is. */
  readonly name = "wasm";
  /** Name and version of the npm package of ffmpeg.wasm. */
  readonly version: string = FFMPEG_CORE;
  readonly #slots: Slots;
  readonly #timeLimitSeconds: number;
  readonly #idle: FfmpegCore[] = [];
  readonly #all = new Set<FfmpegCore>();
  #closed = false;

  /**
   * Prepares a decoder; workers start when they are needed.
   *
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options?: DecoderOptions) {
    const { workers, timeLimitSeconds } = decoderOptions(options);
    this.#slots = new Slots(workers);
    this.#timeLimitSeconds = timeLimitSeconds;
  }

  /**
   * Decodes the start of one clip.
   *
   * @throws {MediaError} If the file cannot be read or decoded, is truncated, or lacks a track asked for.
   * @throws {CoreStoppedError} If ffmpeg.wasm cannot be loaded, or the decoder is closed meanwhile.
   * @throws {RangeError} If an option is out of range.
   */
  async decode(path: string, options?: DecodeOptions | DecodePlan): Promise<DecodedClip> {
    if (typeof options === "object") decodeWindow(options); // Refuses a bad option before a core could be thrown away for it.
    return await this.#withClip(
      path,
      () => readWholeClip(path),
      (tools) => decodeClip(tools, options),
    );
  }

  /**
   * Decodes the start of a clip that is in memory.
   *
   * @param name What to call it in messages.
   * @param bytes The clip as a file would hold it; copied.
   * @param options What to make of it, or a function that says so of what the file claims to hold.
   * @param signal If it aborts, ffmpeg is stopped.
   * @throws {MediaError} If it cannot be decoded, is truncated, or lacks a track asked for.
   * @throws {CoreStoppedError} If ffmpeg.wasm cannot be loaded, or the decoder is closed meanwhile.
   * @throws {RangeError} If an option is out of range.
   * @throws What the function throws.
   */
  async decodeBytes(
    name: string,
    bytes: Uint8Array,
    options?: DecodeOptions | DecodePlan,
    signal?: AbortSignal,
  ): Promise<DecodedClip> {
    const read = () => Promise.resolve(bytes.slice());
    return await this.#withClip(name, read, (tools) => decodeClip(tools, options), signal);
  }

  /**
   * Says what a clip is: decodes all its sound, none of its picture.
   *
   * @throws {MediaError} If the file cannot be read, is truncated, or has neither picture nor sound.
   * @throws {CoreStoppedError} If ffmpeg.wasm cannot be loaded, or the decoder is closed meanwhile.
   */
  async inspect(path: string): Promise<ClipInfo> {
    return await this.#withClip(path, () => readWholeClip(path), inspectClip);
  }

  /** Stops the workers. Clips still being decoded fail. Closing twice is allowed. */
  close(): Promise<void> {
    this.#closed = true;
    for (const core of this.#all) core.stop("the decoder was closed");
    this.#all.clear();
    this.#idle.length = 0;
    return Promise.resolve();
  }

  #withClip<T>(
    path: string,
    read: () => Promise<Uint8Array<ArrayBuffer>>,
    work: (tools: ClipTools) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#slots.use(async () => {
      for (;;) {
        if (this.#closed) throw new Error("the decoder is closed");
        const clip = new CoreClip(path, await read(), {
          decoder: "wasm",
          limitSeconds: this.#timeLimitSeconds,
          lend: () => this.#lend(),
          dsp: processDsp,
        });
        const stop = () => clip.stop("it was given up");
        signal?.addEventListener("abort", stop);
        if (signal?.aborted) stop();
        let reusable = false;
        try {
          const result = await work(clip);
          reusable = true;
          return result;
        } catch (error) {
          if (!(error instanceof CoreStoppedError) || this.#closed) throw error;
          // Earlier clips may have made a used core crash; only a fresh one proves the clip guilty.
          if (clip.isCoreFresh || !error.crashed) {
            throw new MediaError(path, error.message, { cause: error });
          }
        } finally {
          signal?.removeEventListener("abort", stop);
          if (clip.core) await this.#takeBack(clip.core, reusable);
        }
      }
    });
  }

  /** A core for one clip: one that idles, or a new one. */
  async #lend(): Promise<FfmpegCore> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const core = await FfmpegCore.start(PACKAGE_CORE);
    if (this.#closed) core.stop("the decoder was closed");
    this.#all.add(core);
    return core;
  }

  async #takeBack(core: FfmpegCore, reusable: boolean): Promise<void> {
    const fit = reusable && core.heapBytes <= MAX_HEAP_BYTES && core.runs < MAX_RUNS;
    if (fit && !this.#closed) {
      await core.remove([INPUT]);
      if (core.alive) return void this.#idle.push(core);
    }
    core.stop("it is replaced");
    this.#all.delete(core);
  }
}

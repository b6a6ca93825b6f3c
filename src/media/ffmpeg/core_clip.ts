import type { ClipTools, TrackOutput } from "../clip_tools.ts";
import { CoreStoppedError, type FfmpegCore } from "./ffmpeg_core.ts";
import { LOG_ARGS } from "./ffmpeg_log.ts";
import { inputArgs, probeArgs } from "../probe.ts";

/**
 * The clip's name in ffmpeg's own file system: without an extension, so that content decides.
 */
export const INPUT = "clip";

/** What a {@linkcode CoreClip} is decoded with. */
export interface CoreClipOptions extends Pick<ClipTools, "decoder" | "dsp"> {
  /** How long a program may take, in seconds: see `FfmpegCore.run`. */
  readonly limitSeconds: number;
  /** Lends a core, when ffmpeg is first needed. */
  readonly lend: () => Promise<FfmpegCore>;
}

/** A clip in memory, and the core that decodes it: one is lent when ffmpeg is first needed. */
export class CoreClip implements ClipTools {
  /** Which decoder it is, for messages. */
  readonly decoder: ClipTools["decoder"];
  /** The clip as the caller named it. */
  readonly path: string;
  /** The first bytes of the file. */
  readonly head: Uint8Array;
  /** Size of the file in bytes. */
  readonly size: number;
  /** The DSP core. */
  readonly dsp: ClipTools["dsp"];
  readonly #limitSeconds: number;
  readonly #lend: () => Promise<FfmpegCore>;
  #bytes: Uint8Array<ArrayBuffer>;
  #core: FfmpegCore | undefined;
  #fresh = false;
  #stopped: string | undefined;

  /** Takes the bytes over: once ffmpeg is needed they are handed to its worker. */
  constructor(path: string, bytes: Uint8Array<ArrayBuffer>, options: CoreClipOptions) {
    this.decoder = options.decoder;
    this.dsp = options.dsp;
    this.path = path;
    this.head = bytes.slice(0, 16);
    this.size = bytes.length;
    this.#bytes = bytes;
    this.#limitSeconds = options.limitSeconds;
    this.#lend = options.lend;
  }

  /** The core that was lent, if ffmpeg was needed. */
  get core(): FfmpegCore | undefined {
    return this.#core;
  }

  /** Whether the core had run nothing before this clip. */
  get isCoreFresh(): boolean {
    return this.#fresh;
  }

  /** Stops what is being done for this clip, and what is still to come. */
  stop(reason: string): void {
    this.#stopped = reason;
    this.#core?.stop(reason);
  }

  /** The whole file. Only before ffmpeg is needed. */
  bytes(): Promise<Uint8Array> {
    return Promise.resolve(this.#bytes);
  }

  /** Runs ffprobe. */
  async probe(countFrames: boolean) {
    const { core, write } = await this.#prepare();
    const args = probeArgs(INPUT, countFrames);
    return await core.run({ write, program: "ffprobe", args, read: [] }, this.#limitSeconds);
  }

  /** Runs ffmpeg. */
  async transcode(outputs: readonly TrackOutput[]) {
    const { core, write } = await this.#prepare();
    const stream = outputs.map((_, i) => `out${i}`);
    const args = [
      ...LOG_ARGS,
      // The outputs are there before ffmpeg is: as devices.
      "-y",
      ...inputArgs(INPUT),
      ...outputs.flatMap(({ args }, i) => [...args, stream[i]]),
    ];
    const { code, log } = await core.run(
      { write, program: "ffmpeg", args, stream, read: [] },
      this.#limitSeconds,
      outputs,
    );
    return { success: code === 0, log };
  }

  async #prepare() {
    if (this.#stopped !== undefined) throw new CoreStoppedError(this.#stopped);
    if (this.#core) return { core: this.#core, write: [] };
    this.#core = await this.#lend();
    this.#fresh = this.#core.runs === 0;
    if (this.#stopped !== undefined) this.#core.stop(this.#stopped);
    const bytes = this.#bytes;
    this.#bytes = new Uint8Array(0);
    return { core: this.#core, write: [{ name: INPUT, bytes }] };
  }
}

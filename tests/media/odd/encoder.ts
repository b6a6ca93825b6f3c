import { PACKAGE_CORE } from "../../../src/media/ffmpeg/package_core.ts";
import { FfmpegCore } from "../../../src/media/ffmpeg/ffmpeg_core.ts";

/** Runs before a core is replaced: it wears out. */
const MOST_RUNS = 16;

/** Makes files with ffmpeg.wasm, one after the other. */
export class Encoder {
  #core: FfmpegCore | undefined;

  /**
   * Runs ffmpeg with `args` on files in its memory and gives the one called `output`.
   *
   * @throws {Error} If ffmpeg fails.
   */
  async make(
    inputs: Readonly<Record<string, Uint8Array>>,
    args: readonly string[],
    output: string,
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#core && this.#core.runs >= MOST_RUNS) this.close();
    this.#core ??= await FfmpegCore.start(PACKAGE_CORE);
    const write = Object.entries(inputs).map(([name, bytes]) => ({ name, bytes: bytes.slice() }));
    const { code, log, files: [file] } = await this.#core.run({
      write,
      program: "ffmpeg",
      args: ["-y", "-loglevel", "level+warning", ...args, output],
      read: [output],
    }, 120);
    await this.#core.remove(Object.keys(inputs));
    if (code !== 0 || file.length === 0) throw new Error(`${output}: ${log.join("\n")}`);
    return file;
  }

  /** Stops ffmpeg. */
  close(): void {
    this.#core?.stop("done");
    this.#core = undefined;
  }
}

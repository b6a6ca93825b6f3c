/** The part of Emscripten's in-memory file system that Emofuse uses. */
export interface CoreFileSystem {
  /** Writes a file; with `canOwn` the array itself becomes the file, without a copy. */
  writeFile(path: string, data: Uint8Array, options?: { canOwn?: boolean }): void;
  /** Reads a file into a new array. */
  readFile(path: string): Uint8Array<ArrayBuffer>;
  /** The number of a device. */
  makedev(major: number, minor: number): number;
  /** Sets what a device does with the bytes that are written to it. */
  registerDevice(
    device: number,
    operations: {
      /** Takes `length` bytes of `heap` from `offset` on, and gives how many it took. */
      write(stream: unknown, heap: Int8Array, offset: number, length: number): number;
    },
  ): void;
  /** Makes a file that is a device. */
  mkdev(path: string, device: number): void;
  /** Removes a file. */
  unlink(path: string): void;
  /** Whether a path exists. */
  analyzePath(path: string): { exists: boolean };
}

/** One instance of ffmpeg.wasm: the shape of what `@ffmpeg/core`, which ships no types, creates. */
export interface FfmpegCoreModule {
  /** The files that ffmpeg sees: there are no others. */
  readonly FS: CoreFileSystem;
  /** A view of the whole WebAssembly memory. */
  readonly HEAPU8: Uint8Array;
  /** Exit code of the last {@linkcode exec}. */
  readonly ret: number;
  /** Runs `ffmpeg` with these arguments. */
  exec(...args: string[]): number;
  /** Runs `ffprobe` with these arguments; sets no exit code. */
  ffprobe(...args: string[]): number;
  /** Forgets the last exit code. */
  reset(): void;
  /** Sets who is told each line that ffmpeg prints. */
  setLogger(logger: (line: { type: "stdout" | "stderr"; message: string }) => void): void;
}

/** Emscripten's hook for instantiating WebAssembly that is compiled already. */
export interface CoreOptions {
  /** Instantiates with `imports`, hands the instance to `done`. */
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): Record<string, never>;
}

/** Creates an instance of ffmpeg.wasm. */
export default function createFFmpegCore(options: CoreOptions): Promise<FfmpegCoreModule>;

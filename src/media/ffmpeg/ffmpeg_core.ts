import type { WorkerHandle } from "../../runtime/calls/port.ts";
import { CallError, type CallOptions, WorkerCaller } from "../../runtime/calls/worker_caller.ts";
import type { CoreSource } from "./core_source.ts";
import type { Chunk, FfmpegCalls, RunRequest, RunResult } from "./ffmpeg_worker.ts";
import { TimeLimit } from "./time_limit.ts";

/** Why a run of ffmpeg.wasm gave no result: it crashed, took too long or was stopped. The core is gone. */
export class CoreStoppedError extends Error {
  /** The error's class, for logs. */
  override readonly name = "CoreStoppedError";
  /** Whether it crashed by itself, as opposed to being stopped. */
  readonly crashed: boolean;

  /** Makes an error with the reason as its message. */
  constructor(reason: string, crashed = false) {
    super(reason);
    this.crashed = crashed;
  }
}

/** What a program writes, taken while it runs. */
export interface StreamedOutput {
  /** Bytes that hold one second of the clip: how far ffmpeg has come is told by them. */
  readonly bytesPerSecond: number;
  /** Takes the next bytes. While it is pending ffmpeg soon waits, where memory can be shared. */
  take(bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
}

/**
 * One ffmpeg.wasm in a worker of its own. It runs one program at a
 * time; after an error it is stopped for good, and a new one takes about 60 ms.
 */
export class FfmpegCore {
  readonly #worker: WorkerCaller<FfmpegCalls>;
  #heapBytes = 0;
  #runs = 0;

  private constructor(worker: WorkerHandle) {
    this.#worker = new WorkerCaller(
      worker,
      (reason) => this.#end(`ffmpeg's worker failed: ${reason}`, true),
    );
  }

  /**
   * Starts a worker and loads ffmpeg.wasm into it.
   *
   * @throws {CoreStoppedError} If it cannot be loaded.
   * @throws What `source` throws.
   */
  static async start(source: CoreSource): Promise<FfmpegCore> {
    const module = await source.compiled();
    const core = new FfmpegCore(source.spawn());
    await core.#ask("load", module);
    return core;
  }

  /** Whether this core can still be used. */
  get alive(): boolean {
    return this.#worker.ended === undefined;
  }

  /** How many programs it has run. */
  get runs(): number {
    return this.#runs;
  }

  /** Size of its WebAssembly memory after the last run, in bytes. */
  get heapBytes(): number {
    return this.#heapBytes;
  }

  /**
   * Runs a program. The bytes of `request.write` are handed over: they are empty afterwards.
   *
   * @param request What to run; `gate` is set here.
   * @param limitSeconds How long it may take, and the longer the more has been streamed: see {@linkcode TimeLimit}.
   * @param outputs Takes what is streamed, in the order of `request.stream`.
   * @throws {CoreStoppedError} If ffmpeg crashes, is stopped, or takes too long.
   * @throws What an output throws; the core is stopped then.
   */
  async run(
    request: Omit<RunRequest, "gate">,
    limitSeconds: number,
    outputs: readonly StreamedOutput[] = [],
  ): Promise<RunResult> {
    const limit = new TimeLimit(limitSeconds, (reason) => this.stop(reason));
    // Pages share memory only where their server isolates them from all others.
    const gate = "SharedArrayBuffer" in globalThis
      ? new Int32Array(new SharedArrayBuffer(4))
      : undefined;
    const bytes = outputs.map(() => 0);
    let taken: Promise<void> = Promise.resolve();
    let failure: { error: unknown } | undefined;
    const onReport = ({ output: i, bytes: chunk }: Chunk) => {
      bytes[i] += chunk.length;
      limit.reached(bytes[i] / outputs[i].bytesPerSecond);
      taken = taken.then(() => failure ? undefined : outputs[i].take(chunk)).catch((error) => {
        failure ??= { error };
        this.stop("its output was refused");
      }).finally(() => {
        if (!gate) return;
        Atomics.sub(gate, 0, 1);
        Atomics.notify(gate, 0);
      });
    };
    try {
      const transfer = request.write.map((file) => file.bytes.buffer as ArrayBuffer);
      const result = await this.#ask("run", { ...request, gate: gate?.buffer }, {
        transfer,
        onReport,
      });
      await taken;
      if (failure !== undefined) throw this.#worker.ended;
      this.#heapBytes = result.heapBytes;
      this.#runs++;
      return result;
    } catch (error) {
      // What an output threw is the cause, that the core was stopped for it the consequence.
      throw failure === undefined ? error : failure.error;
    } finally {
      limit.clear();
    }
  }

  /** Removes files that no later program needs. A core that cannot do it is stopped. */
  async remove(files: readonly string[]): Promise<void> {
    await this.#ask("remove", files).catch(() => this.stop("it did not answer"));
  }

  /** Ends the worker; what it is doing fails with `reason`. */
  stop(reason: string): void {
    this.#end(reason, false);
  }

  #end(reason: string, crashed: boolean): void {
    this.#worker.end(new CoreStoppedError(reason, crashed));
  }

  /** Calls the worker. One in which ffmpeg crashed can do nothing more, and is ended. */
  async #ask<Name extends keyof FfmpegCalls>(
    call: Name,
    argument: FfmpegCalls[Name][0],
    options: CallOptions<FfmpegCalls[Name][2]> = {},
  ): Promise<FfmpegCalls[Name][1]> {
    try {
      return await this.#worker.call(call, argument, options);
    } catch (error) {
      if (error instanceof CallError) this.#end(`ffmpeg crashed: ${error.message}`, true);
      throw this.#worker.ended;
    }
  }
}

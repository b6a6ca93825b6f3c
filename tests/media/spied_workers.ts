/**
 * Runs `work` while every new worker is a spied one: `options` collects how each was made. Of the requests
 * to ffmpeg (counted from 1, over all workers) those listed in `crashes` are answered by a crash, and
 * those in `hangs` never.
 */
export async function withSpiedWorkers(
  crashes: readonly number[],
  work: (options: WorkerOptions[]) => Promise<void>,
  hangs: readonly number[] = [],
): Promise<void> {
  const original = globalThis.Worker;
  const made: WorkerOptions[] = [];
  let requests = 0;
  globalThis.Worker = class extends original {
    constructor(url: string | URL, options?: WorkerOptions) {
      made.push(options ?? {});
      super(url, options);
    }
    // deno-lint-ignore no-explicit-any
    override postMessage(message: any, transfer?: any): void {
      const request = message.call === "run" ? ++requests : 0;
      if (hangs.includes(request)) return;
      if (crashes.includes(request)) {
        const error = { name: "Error", message: "memory access out of bounds" };
        const data = { id: message.id, error };
        queueMicrotask(() => this.onmessage?.(new MessageEvent("message", { data })));
      } else {
        super.postMessage(message, transfer);
      }
    }
  };
  try {
    await work(made);
  } finally {
    globalThis.Worker = original;
  }
}

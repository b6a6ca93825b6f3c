/** A worker for tests: does what its job says. */
import { serveJobs } from "../../src/runtime/serve_jobs.ts";

export interface EchoJob {
  what: "echo" | "fail" | "crash" | "read" | "sum";
  value?: string;
  data?: Uint8Array<ArrayBuffer>;
}

let jobs = 0;

serveJobs<string, EchoJob, string>(
  (init: string) => {
    if (init === "broken") throw new TypeError("cannot prepare");
    return Promise.resolve(async ({ what, value = "", data }: EchoJob) => {
      jobs++;
      if (what === "fail") throw new RangeError(`no ${value}`);
      if (what === "read") await Deno.readFile(value);
      if (what === "crash") {
        // Outside the job's own promise: nothing can catch it.
        queueMicrotask(() => {
          throw new Error("boom");
        });
        await new Promise(() => {});
      }
      if (what === "sum") value = String(data!.reduce((sum, byte) => sum + byte, 0));
      return { result: `${init} ${jobs} ${value}`, transfer: [] };
    });
  },
);

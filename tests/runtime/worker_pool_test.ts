import assert from "node:assert/strict";
import { WorkerJobError, WorkerPool } from "../../src/runtime/worker_pool.ts";
import type { EchoJob } from "./echo_worker.ts";

const script = new URL("./echo_worker.ts", import.meta.url);

function echoPool(workers = 1, init = "hello"): WorkerPool<string, EchoJob, string> {
  return new WorkerPool({ script, purpose: "echo", init, workers, permissions: {} });
}

Deno.test("WorkerPool runs jobs in order, each with its own answer", async () => {
  using pool = echoPool();
  const answers = ["a", "b", "c"].map((value) => pool.run({ what: "echo", value }));
  assert.deepEqual(await Promise.all(answers), ["hello 1 a", "hello 2 b", "hello 3 c"]);
});

Deno.test("WorkerPool spreads jobs over its workers", async () => {
  using pool = echoPool(2);
  const answers = await Promise.all(
    [1, 2].map((i) => pool.run({ what: "echo", value: `${i}` })),
  );
  // Each worker counts its own jobs: both answers are a first one.
  assert.deepEqual(answers, ["hello 1 1", "hello 1 2"]);
});

Deno.test("WorkerPool hands buffers over", async () => {
  using pool = echoPool();
  const data = Uint8Array.of(1, 2, 3);
  assert.equal(await pool.run({ what: "sum", data }, { transfer: [data.buffer] }), "hello 1 6");
  assert.equal(data.length, 0);
  await assert.rejects(pool.run({ what: "sum", data }, { transfer: [data.buffer] }), {
    name: "WorkerJobError",
  });
  assert.equal(await pool.run({ what: "echo", value: "next" }), "hello 2 next");
});

Deno.test("WorkerPool rejects a job with its error's message and class, and goes on", async () => {
  using pool = echoPool();
  await assert.rejects(pool.run({ what: "fail", value: "luck" }), (error) => {
    assert.ok(error instanceof WorkerJobError);
    assert.equal(error.message, "no luck");
    assert.equal(error.original, "RangeError");
    return true;
  });
  assert.equal(await pool.run({ what: "echo", value: "again" }), "hello 2 again");
});

Deno.test("WorkerPool rejects every job where the workers cannot prepare", async () => {
  using pool = echoPool(1, "broken");
  for (let i = 0; i < 2; i++) {
    await assert.rejects(pool.run({ what: "echo" }), {
      message: "cannot prepare",
      original: "TypeError",
    });
  }
});

Deno.test("WorkerPool rejects the job of a worker that stops, and replaces the worker", async () => {
  using pool = echoPool();
  const crash = pool.run({ what: "crash" });
  const next = pool.run({ what: "echo", value: "next" });
  await assert.rejects(crash, (error) => {
    assert.ok(error instanceof WorkerJobError);
    assert.match(error.message, /the echo worker stopped: .*boom/);
    assert.equal(error.original, undefined);
    return true;
  });
  assert.equal(await next, "hello 1 next");
});

Deno.test("WorkerPool grants no permission that is not listed", async () => {
  using pool = echoPool();
  await assert.rejects(pool.run({ what: "read", value: script.pathname }), {
    original: "NotCapable",
  });
});

Deno.test("WorkerPool fails waiting jobs when it is closed, and later ones", async () => {
  const pool = echoPool();
  const waiting = [1, 2].map(() => pool.run({ what: "crash" }));
  pool.close();
  for (const job of [...waiting, pool.run({ what: "echo" })]) {
    await assert.rejects(job, /the pool of echo workers is closed/);
  }
});

Deno.test("WorkerPool rejects a number of workers that is not positive", () => {
  assert.throws(() => echoPool(0), /positive integer, got 0/);
});

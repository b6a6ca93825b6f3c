import assert from "node:assert/strict";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import type { ClipSource } from "../../src/serve/runner.ts";
import type { AnswerMessage, CallMessage } from "../../src/runtime/calls/messages.ts";
import type { WorkerHandle } from "../../src/runtime/calls/port.ts";
import { servePredictions } from "../../src/serve/worker/serve_predictions.ts";
import { WorkerRunner } from "../../src/serve/worker/worker_runner.ts";
import { fakeRecognizer } from "./fake_recognizer.ts";

/** What happens to the workers of a test. */
interface FakeWorkers {
  readonly spawn: () => WorkerHandle;
  /** Streams that were closed in any worker. */
  disposedStreams(): number;
  spawned: number;
  terminated: number;
  /** Set to have predictions never answered. */
  stuck: boolean;
  /** Set to have workers end at the next request. */
  crash: boolean;
  /** Set to have new workers never answer. */
  mute: boolean;
  /** Set to have the model refused. */
  refuse?: Error;
}

/** Workers in this very thread, whose messages take a turn of the event loop. */
function fakeWorkers(): FakeWorkers {
  const recognizers: ReturnType<typeof fakeRecognizer>[] = [];
  const workers: FakeWorkers = {
    ...{ spawned: 0, terminated: 0, stuck: false, crash: false, mute: false },
    disposedStreams: () => recognizers.reduce((sum, { disposedStreams: n }) => sum + n, 0),
    spawn: () => {
      workers.spawned++;
      let toOwner = (_answer: AnswerMessage) => {};
      let toWorker = (_request: CallMessage) => {};
      let end = (_reason: string) => {};
      let alive = true;
      const { mute } = workers;
      servePredictions({
        post: (answer) => setTimeout(() => alive && toOwner(answer), 0),
        listen: (onMessage) => toWorker = onMessage,
      }, () => {
        if (workers.refuse) return Promise.reject(workers.refuse);
        recognizers.push(fakeRecognizer());
        return Promise.resolve(recognizers.at(-1)!);
      });
      return {
        post: (request) =>
          setTimeout(() => {
            if (!alive || mute || (workers.stuck && request.call !== "load")) return;
            if (workers.crash && request.call !== "load") end("out of memory");
            else toWorker(request);
          }, 0),
        listen: (onMessage) => toOwner = onMessage,
        onEnd: (callback) => end = callback,
        terminate: () => {
          alive = false;
          workers.terminated++;
        },
      };
    },
  };
  return workers;
}

const limits = serveLimits({ concurrency: 2 });
const bundle = new Uint8Array();
const never = new AbortController().signal;
const source = (level = 0.75): ClipSource => ({
  clip: { samples: new Float32Array(12000).fill(level), sampleRate: 8000 },
});

Deno.test("predictions come from as many workers as run at once", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({ spawn: workers.spawn, bundle, limits });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => runner.predict(source(i / 8), never)),
  );
  assert.deepEqual(answers.map(({ probabilities }) => probabilities.angry * 8), [0, 1, 2, 3, 4, 5]);
  assert.equal(workers.spawned, 2);
  runner.close();
  assert.equal(workers.terminated, 2);
  await assert.rejects(runner.predict(source(), never), /stopped/);
});

Deno.test("a worker enrols, continues an enrolment, and predicts and streams by it", async () => {
  const runner = await WorkerRunner.start({ spawn: fakeWorkers().spawn, bundle, limits });
  const first = await runner.enrol(source(0.25), undefined, never);
  assert.deepEqual(first.audio, { clips: 1, mean: [0.25] });
  const enrolment = await runner.enrol(source(0.75), first, never);
  assert.deepEqual(enrolment.audio, { clips: 2, mean: [0.5] });
  const { label, probabilities } = await runner.predict(source(0.75), never, { enrolment });
  assert.deepEqual([label, probabilities.angry], ["calm", 0.25]);
  for await (const { probabilities } of runner.stream(source(0.75), { enrolment }, never)) {
    assert.equal(probabilities.angry, 0.25);
  }
  await assert.rejects(runner.enrol(source(NaN), undefined, never), {
    name: "Problem",
    status: 422,
  });
  runner.close();
});

Deno.test("problems of a clip come back as problems, and the worker stays", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({ spawn: workers.spawn, bundle, limits });
  await assert.rejects(runner.predict(source(NaN), never), { name: "Problem", status: 422 });
  await assert.rejects(runner.predict(source(100), never), { name: "TypeError" });
  assert.equal((await runner.predict(source(), never)).label, "angry");
  assert.deepEqual([runner.replaced, workers.spawned], [0, 2]);
  runner.close();
});

Deno.test("a worker that crashes fails its clip and is replaced", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({ spawn: workers.spawn, bundle, limits });
  workers.crash = true;
  await assert.rejects(runner.predict(source(), never), /worker stopped: out of memory/);
  workers.crash = false;
  assert.equal((await runner.predict(source(), never)).label, "angry");
  assert.deepEqual([runner.replaced, workers.spawned], [1, 3]);
  runner.close();
});

Deno.test("a worker that hangs is ended when the time is over, and replaced", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({ spawn: workers.spawn, bundle, limits });
  workers.stuck = true;
  const reason = new Error("too late");
  const hung = [0, 1].map(() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    return assert.rejects(runner.predict(source(), controller.signal), reason);
  });
  await Promise.all(hung);
  workers.stuck = false;
  const answers = await Promise.all([1, 2, 3].map(() => runner.predict(source(), never)));
  assert.deepEqual(answers.map(({ label }) => label), ["angry", "angry", "angry"]);
  assert.deepEqual([runner.replaced, workers.spawned], [2, 4]);
  runner.close();
});

Deno.test("whoever gives up while a worker loads the model leaves it to the next one", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({
    ...{ spawn: workers.spawn, bundle },
    limits: serveLimits({ concurrency: 1 }),
  });
  workers.crash = true;
  await assert.rejects(runner.predict(source(), never), /out of memory/);
  workers.crash = false;
  const reason = new Error("the client hung up");
  for (let i = 0; i < 5; i++) {
    const given = new AbortController();
    const answer = runner.predict(source(), given.signal);
    given.abort(reason);
    await assert.rejects(answer, reason);
  }
  assert.equal((await runner.predict(source(), never)).label, "angry");
  assert.deepEqual([workers.spawned, workers.terminated], [2, 1]);
  runner.close();
});

Deno.test("a worker that never loads the model again is replaced when its time is over", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({
    ...{ spawn: workers.spawn, bundle },
    limits: serveLimits({ concurrency: 1, timeoutSeconds: 0.1 }),
  });
  workers.mute = true;
  workers.crash = true;
  await assert.rejects(runner.predict(source(), never), /out of memory/);
  workers.crash = false;
  await assert.rejects(runner.predict(source(), never), /not loaded in time/);
  workers.mute = false;
  assert.equal((await runner.predict(source(), never)).label, "angry");
  runner.close();
});

Deno.test("a stream holds its worker until its end, or until the caller stops", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({
    ...{ spawn: workers.spawn, bundle },
    limits: serveLimits({ concurrency: 1 }),
  });
  const starts: number[] = [];
  for await (const { start } of runner.stream(source(), {}, never)) starts.push(start);
  assert.deepEqual(starts, [0, 0.5, 1]);
  for await (const _ of runner.stream(source(), {}, never)) break;
  assert.equal((await runner.predict(source(), never)).label, "angry");
  assert.equal(workers.disposedStreams(), 2);
  await assert.rejects(async () => {
    for await (const _ of runner.stream(source(), { hopSeconds: 1000 }, never));
  }, { name: "Problem", status: 422 });
  assert.equal((await runner.predict(source(), never)).label, "angry");
  assert.equal(workers.spawned, 1);
  runner.close();
});

Deno.test("a bundle that is refused fails the start, and no worker is left", async () => {
  const workers = fakeWorkers();
  workers.refuse = new BundleError("this is not an Emofuse bundle");
  const start = WorkerRunner.start({ spawn: workers.spawn, bundle, limits });
  await assert.rejects(start, (error) => error instanceof BundleError);
  assert.equal(workers.terminated, workers.spawned);
});

Deno.test("a worker that cannot load the model again is not replaced without end", async () => {
  const workers = fakeWorkers();
  const runner = await WorkerRunner.start({ spawn: workers.spawn, bundle, limits });
  workers.crash = true;
  workers.refuse = new Error("no memory");
  await assert.rejects(runner.predict(source(), never), /out of memory/);
  await assert.rejects(runner.predict(source(), never), /out of memory/);
  for (let i = 0; i < 4; i++) await assert.rejects(runner.predict(source(), never), /no memory/);
  assert.ok(workers.spawned <= 10);
  workers.crash = false;
  workers.refuse = undefined;
  assert.equal((await runner.predict(source(), never)).label, "angry");
  runner.close();
});

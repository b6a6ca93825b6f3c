import assert from "node:assert/strict";
import { answerCalls } from "../../src/runtime/calls/answer_calls.ts";
import type { AnswerMessage, CallMessage } from "../../src/runtime/calls/messages.ts";
import type { WorkerHandle } from "../../src/runtime/calls/port.ts";
import { CallError, WorkerCaller } from "../../src/runtime/calls/worker_caller.ts";

interface Calls {
  readonly slow: [number, number, string];
  readonly fail: [string, null];
}

/** A worker in this very thread, whose messages are copied and take a turn of the event loop. */
function startWorker(): { caller: WorkerCaller<Calls>; end: (reason: string) => void } {
  let toOwner = (_answer: AnswerMessage) => {};
  let toWorker = (_call: CallMessage) => {};
  let end = (_reason: string) => {};
  const later = <M>(message: M, transfer: ArrayBuffer[], give: (message: M) => void) => {
    const copy = structuredClone(message, { transfer });
    setTimeout(() => give(copy), 0);
  };
  const handle: WorkerHandle = {
    post: (call, transfer) => later(call, transfer, (copy) => toWorker(copy)),
    listen: (onMessage) => toOwner = onMessage,
    onEnd: (callback) => end = callback,
    terminate: () => toWorker = () => {},
  };
  answerCalls<Calls>(
    {
      post: (answer, transfer) => later(answer, transfer, (copy) => toOwner(copy)),
      listen: (onMessage) => toWorker = onMessage,
    },
    {
      async slow(milliseconds, { report }) {
        report(`waits ${milliseconds} ms`);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        return milliseconds;
      },
      fail: (message) => {
        throw new RangeError(message);
      },
    },
    (error) => ({ isRange: error instanceof RangeError }),
  );
  const caller = new WorkerCaller<Calls>(
    handle,
    (reason) => caller.end(new Error(`the worker stopped: ${reason}`)),
  );
  return { caller, end: (reason) => end(reason) };
}

Deno.test("calls are done in their order, and what is reported on the way comes before the answer", async () => {
  const { caller } = startWorker();
  const said: string[] = [];
  await Promise.all([20, 0].map(async (milliseconds) => {
    const onReport = (report: string) => void said.push(report);
    said.push(`${await caller.call("slow", milliseconds, { onReport })} ms are over`);
  }));
  const expected = ["waits 20 ms", "20 ms are over", "waits 0 ms", "0 ms are over"];
  assert.deepEqual(said, expected);
});

Deno.test("a call that fails gives the error's class, message and detail, and later calls go on", async () => {
  const { caller } = startWorker();
  await assert.rejects(caller.call("fail", "too far"), (error) => {
    assert(error instanceof CallError);
    const { message, original, detail } = error;
    assert.deepEqual([message, original, detail], ["too far", "RangeError", { isRange: true }]);
    return true;
  });
  assert.equal(await caller.call("slow", 0), 0);
});

Deno.test("a call that cannot be posted fails alone", async () => {
  const { caller } = startWorker();
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  await assert.rejects(caller.call("slow", 0, { transfer: [buffer] }), CallError);
  assert.equal(caller.ended, undefined);
  assert.equal(await caller.call("slow", 0), 0);
});

Deno.test("a worker that ends fails the calls that wait and all later ones with the reason", async () => {
  const { caller, end } = startWorker();
  const waiting = caller.call("slow", 1000);
  end("out of memory");
  await assert.rejects(waiting, /the worker stopped: out of memory/);
  await assert.rejects(caller.call("slow", 0), /the worker stopped: out of memory/);
  caller.end(new Error("another reason"));
  assert.match(String(caller.ended), /out of memory/);
});

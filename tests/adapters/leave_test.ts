import assert from "node:assert/strict";
import { toneBytes } from "../serve/clips.ts";
import { hanging } from "./hanging_app.ts";
import type { HangingOptions } from "./hanging_options.ts";
import { requestBytes } from "./raw_http.ts";
import {
  type RunningServer,
  startDeno,
  startDenoServe,
  startHangingNode,
} from "./start_hanging.ts";
import { missing } from "../needs.ts";

const CLIP = toneBytes(8000);
/** Far above what freeing takes, far below the time-out that frees everything in the end. */
const PATIENCE_MS = 10_000;

/** What the server's metrics say. */
interface Load {
  readonly running: number;
  readonly waiting: number;
  readonly held: number;
  readonly givenUp: number;
}

async function loadOf(url: string): Promise<Load> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const gauge = (name: string) =>
    Number(new RegExp(`^emofuse_${name} (\\d+)$`, "m").exec(text)![1]);
  return {
    running: gauge("clips_running"),
    waiting: gauge("clips_waiting"),
    held: gauge("held_bytes"),
    givenUp: gauge("workers_replaced_total"),
  };
}

/** Waits until the load is as wanted. */
async function until(url: string, what: string, isSo: (load: Load) => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (let load = await loadOf(url); !isSo(load); load = await loadOf(url)) {
    assert.ok(Date.now() < end, `${what}: ${JSON.stringify(load)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A client that leaves. */
interface Leaver {
  /** What it sends. */
  readonly sends: Uint8Array;
  /** How busy the server is when it leaves; by default it does not wait for that. */
  readonly leavesWhen?: (load: Load) => boolean;
  /** How much of the answer it takes before, until this is in it. */
  readonly takes?: string;
  /** How many predictions are given up for it. */
  readonly givenUp: number;
}

const post = (type: string, query = "") =>
  requestBytes("POST", `/v1/predict${query}`, { "Content-Type": type }, CLIP);
const twice = (bytes: Uint8Array) => new Uint8Array([...bytes, ...bytes]);
const cutBy = (bytes: Uint8Array, n: number) => bytes.subarray(0, bytes.length - n);
const isRunning = ({ running }: Load) => running === 1;
const isHolding = ({ held }: Load) => held > 0;
const chunked = new TextEncoder().encode(
  "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/wav\r\n" +
    "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nwo",
);

/** What every server notices. */
const LEAVERS: Readonly<Record<string, Leaver>> = {
  "in the middle of the body": {
    ...{ sends: cutBy(post("audio/wav"), 100), leavesWhen: isHolding, givenUp: 0 },
  },
  "in the middle of a chunk": { sends: chunked, leavesWhen: isHolding, givenUp: 0 },
  "after the headers": { sends: cutBy(post("audio/wav"), CLIP.length), givenUp: 0 },
  "while events come that it does not take": {
    ...{ sends: post(hanging("never"), "?stream"), leavesWhen: isRunning, givenUp: 1 },
  },
  "while events come that it takes": {
    ...{ sends: post(hanging("never"), "?stream"), takes: "\n\n", givenUp: 1 },
  },
  "after the answer": { sends: post("audio/pcm; rate=8000"), takes: '"label"', givenUp: 0 },
  "after the last event of a stream": {
    ...{ sends: post("audio/pcm; rate=8000", "?stream"), takes: "event: end", givenUp: 0 },
  },
};

/** What our own listener notices, too: Deno.serve does not until it writes. */
const WAITING: Readonly<Record<string, Leaver>> = {
  "while a clip is predicted": { sends: post(hanging()), leavesWhen: isRunning, givenUp: 1 },
  "before the first event of a stream": {
    ...{ sends: post(hanging(), "?stream"), leavesWhen: isRunning, givenUp: 1 },
  },
  "before the second event of a stream": {
    ...{ sends: post(hanging("second"), "?stream"), takes: "\n\n", givenUp: 1 },
  },
  "with a second stream behind the first": {
    sends: twice(post(hanging(), "?stream")),
    leavesWhen: ({ running, waiting }) => running === 1 && waiting === 1,
    // The second one never began.
    givenUp: 1,
  },
  "with a stream behind a prediction": {
    sends: new Uint8Array([...post(hanging()), ...post(hanging("second"), "?stream")]),
    leavesWhen: ({ running, waiting }) => running === 1 && waiting === 1,
    givenUp: 1,
  },
};

async function leave(url: string, { sends, leavesWhen, takes }: Leaver): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  try {
    for (let at = 0; at < sends.length;) at += await socket.write(sends.subarray(at));
    if (leavesWhen) await until(url, "it does not come so far", leavesWhen);
    const buffer = new Uint8Array(65536);
    for (let text = ""; takes !== undefined && !text.includes(takes);) {
      const read = await socket.read(buffer);
      assert.ok(read !== null, text);
      text += new TextDecoder().decode(buffer.subarray(0, read));
    }
  } finally {
    socket.close();
  }
}

function leaveTest(
  runtime: string,
  start: (options: HangingOptions) => Promise<RunningServer>,
  leavers: Readonly<Record<string, Leaver>>,
  whyNot = "",
): void {
  Deno.test({
    name: `${runtime}: whoever leaves, nothing is held for them` +
      (whyNot && ` (skipped: ${whyNot})`),
    ignore: whyNot !== "",
    async fn(t) {
      const server = await start({ limits: { concurrency: 1 } });
      const { url } = server;
      try {
        for (const [when, leaver] of Object.entries(leavers)) {
          await t.step(when, async () => {
            const before = await loadOf(url);
            await leave(url, leaver);
            await until(
              url,
              "it is not freed",
              ({ running, waiting, held, givenUp }) =>
                running + waiting + held === 0 && givenUp === before.givenUp + leaver.givenUp,
            );
            const next = await fetch(`${url}/v1/predict`, {
              ...{
                method: "POST",
                body: CLIP,
                headers: { "content-type": "audio/pcm; rate=8000" },
              },
            });
            assert.equal(next.status, 200);
            assert.equal((await next.json()).label, "calm");
          });
        }
      } finally {
        await server.stop();
      }
    },
  });
}

leaveTest("node:http in Deno", startDeno, { ...LEAVERS, ...WAITING });
leaveTest("Node", startHangingNode, { ...LEAVERS, ...WAITING }, await missing("node"));
leaveTest("Deno.serve", startDenoServe, LEAVERS);

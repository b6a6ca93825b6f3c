import assert from "node:assert/strict";
import { mapConcurrent } from "../../src/runtime/map_concurrent.ts";
import { toneBytes, wavFile } from "../serve/clips.ts";
import { hanging } from "./hanging_app.ts";
import type { HangingOptions } from "./hanging_options.ts";
import { hostileWire } from "./hostile_wire.ts";
import { rawHttp, requestBytes } from "./raw_http.ts";
import { type RunningServer, startDeno, startHangingNode } from "./start_hanging.ts";
import { missing } from "../needs.ts";

const LIMITS = { maxBytes: 2 ** 20, timeoutSeconds: 2 } as const;
/** Beyond the time-outs of upload and prediction, a connection lingers for 2 s, and a test is slow. */
const PATIENCE = 12;
const MAX_CONNECTIONS = 16;
const HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/** Connects, sends, and does not close. */
async function connect(url: string, text: string): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  await socket.write(new TextEncoder().encode(text));
  return socket;
}

/** Reads until `end` is in it, or the server closes. */
async function readUntil(socket: Deno.TcpConn, end?: string): Promise<string> {
  const buffer = new Uint8Array(65536), decoder = new TextDecoder();
  let text = "";
  while (end === undefined || !text.includes(end)) {
    const read = await socket.read(buffer);
    if (read === null) return text;
    text += decoder.decode(buffer.subarray(0, read));
  }
  return text;
}

function wireTest(
  runtime: string,
  start: (options: HangingOptions) => Promise<RunningServer>,
  whyNot = "",
): void {
  const declare = (name: string, work: (t: Deno.TestContext, url: string) => Promise<void>) =>
    Deno.test({
      name: `${runtime}: ${name}` + (whyNot && ` (skipped: ${whyNot})`),
      ignore: whyNot !== "",
      async fn(t) {
        const server = await start({ limits: LIMITS, maxConnections: MAX_CONNECTIONS });
        try {
          await work(t, server.url);
          assert.deepEqual(await (await fetch(`${server.url}/healthz`)).json(), { status: "ok" });
        } finally {
          await server.stop();
        }
      },
    });

  declare("what arrives over the wire is answered as HTTP has it", async (t, url) => {
    const cases = hostileWire(LIMITS.maxBytes);
    await t.step(`${cases.length} hostile requests get a status and details`, async () => {
      const wrong: string[] = [];
      await mapConcurrent(cases, 8, async ({ name, steps, status }) => {
        const answer = await rawHttp(url, steps(), PATIENCE).catch(String);
        const isRight = typeof answer !== "string" && answer.status === status &&
          JSON.parse(answer.body).status === status;
        if (!isRight) wrong.push(`${name}: ${JSON.stringify(answer)} in place of ${status}`);
      });
      assert.deepEqual(wrong, []);
    });

    const wav = wavFile(toneBytes(8000));
    const post = requestBytes("POST", "/v1/predict", { "Content-Type": "audio/wav" }, wav);

    await t.step("a target may name the server, which counts more than Host", async () => {
      const { status } = await rawHttp(
        url,
        [`GET http://127.0.0.1:1/healthz?a HTTP/1.1\r\nHost: evil.example\r\n\r\n`],
        PATIENCE,
      );
      assert.equal(status, 200);
    });
    await t.step("HTTP/1.0 goes without Host", async () => {
      assert.equal((await rawHttp(url, ["GET /healthz HTTP/1.0\r\n\r\n"], PATIENCE)).status, 200);
    });
    await t.step("an upgrade that is not to be had is left out", async () => {
      const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
      const request = `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`;
      assert.equal((await rawHttp(url, [request], PATIENCE)).status, 200);
    });
    await t.step("requests behind one with a body that nobody reads are answered", async () => {
      const get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
      const socket = await connect(url, `${get}Content-Length: 5\r\n\r\nhello`);
      await socket.write(post);
      await socket.write(new TextEncoder().encode(`${get}Connection: close\r\n\r\n`));
      const text = await readUntil(socket);
      socket.close();
      assert.equal(text.match(/HTTP\/1\.1 200 OK/g)?.length, 3, text);
    });
    await t.step("a body that is acceptable is asked for, once", async () => {
      const [head] = new TextDecoder().decode(post).split("\r\n\r\n");
      const socket = await connect(url, `${head}\r\nExpect: 100-continue\r\n\r\n`);
      assert.equal(await readUntil(socket, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
      for (let at = 0; at < wav.length;) at += await socket.write(wav.subarray(at, at + 5000));
      const text = await readUntil(socket, '"label"');
      socket.close();
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
    });
    await t.step(
      "a refused client hears that its connection ends, and may be sending on",
      async () => {
        const { status, headers } = await rawHttp(
          url,
          [post.slice(0, 500), 100, post.slice(500, 900)],
          PATIENCE,
        );
        // It is refused when its time is over.
        assert.equal(status, 408);
        assert.equal(headers.connection, "close");
      },
    );
  });

  declare("refused connections are closed, also if their clients stay", async (_, url) => {
    const ways = ["\r\n\r\nhello\r\n\r\n", "CONNECT a:22 HTTP/1.1\r\nHost: a\r\n\r\n"];
    const sockets = await Promise.all(
      Array.from({ length: MAX_CONNECTIONS }, (_, i) => connect(url, ways[i % ways.length])),
    );
    try {
      const end = Date.now() + PATIENCE * 1000;
      const isAnswered = () =>
        rawHttp(url, [HEALTH], 1).then(({ status }) => status === 200, () => false);
      while (!await isAnswered()) assert.ok(Date.now() < end, "there is no room for another one");
    } finally {
      for (const socket of sockets) socket.close();
    }
  });

  declare("clients that vanish at an awkward moment do not end the server", async (_, url) => {
    const moments = [
      ...["CONNECT a:22 HTTP/1.1\r\nHost: a\r\n\r\n", "\x16\x03\x01", "GET /healthz HT"],
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50),
      `POST /v1/predict?stream HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${
        hanging("never")
      }\r\n` +
      `Content-Length: 16000\r\n\r\n${"ab".repeat(8000)}`,
    ];
    for (const moment of moments) {
      for (const pause of [0, 20]) {
        const socket = await connect(url, moment);
        await new Promise((resolve) => setTimeout(resolve, pause));
        // What came is not read: the connection is reset.
        socket.close();
      }
    }
  });
}

wireTest("node:http in Deno", startDeno);
wireTest("Node", startHangingNode, await missing("node"));

import assert from "node:assert/strict";
import type { ByteSource } from "../../src/download/zip/byte_source.ts";
import { RangeSource } from "../../src/download/zip/range_source.ts";
import { cut, type FaultyServer, refuse, stall, swap, withFaultyServer } from "../faulty_server.ts";
import { noise } from "./zips.ts";

const BYTES = noise(2_000_000);
const PATIENCE = { attempts: 3, stallSeconds: 1, pauseSeconds: 0.01 };

/** A source of `BYTES` on a server; the last 128 KiB are read once and kept. */
function withSource(
  work: (source: ByteSource, server: FaultyServer) => Promise<void>,
): Promise<void> {
  return withFaultyServer(async (server) => {
    server.files.set("/a.zip", { bytes: BYTES, etag: '"v1"' });
    const source = new RangeSource("a.zip", `${server.url}/a.zip`, BYTES.length, {
      patience: PATIENCE,
    });
    try {
      await work(source, server);
    } finally {
      await source.close();
    }
  });
}

async function assertReads(source: ByteSource, offset: number, length: number): Promise<void> {
  assert.deepEqual(await source.read(offset, length), BYTES.slice(offset, offset + length));
}

Deno.test("RangeSource reads parts, those at the end by one request", () =>
  withSource(async (source, { asked }) => {
    await assertReads(source, BYTES.length - 22, 22);
    await assertReads(source, BYTES.length - 5000, 100);
    await assertReads(source, BYTES.length - 10, 100);
    await assertReads(source, 1000, 300_000);
    assert.deepEqual(asked.map(({ range }) => range), [
      "bytes=1868928-1999999",
      "bytes=1000-300999",
    ]);
  }));

Deno.test("RangeSource asks once for a part that is read from beginning to end, and reads over small gaps", () =>
  withSource(async (source, { asked }) => {
    source.expect!([{ start: 1000, end: 900_000 }, { start: 1_500_000, end: 1_990_000 }]);
    for (let at = 1000; at < 900_000; at += 100_000) await assertReads(source, at, 60_000);
    await assertReads(source, 1_500_000, 490_000);
    await assertReads(source, 890_000, 20_000);
    assert.deepEqual(asked.map(({ range }) => range), [
      "bytes=1000-899999",
      "bytes=1500000-1989999",
      "bytes=890000-909999",
    ]);
  }));

Deno.test("RangeSource goes on where a connection broke, stalled or was refused", () =>
  withSource(async (source, { asked, faults }) => {
    faults.set("/a.zip", [cut(100_000), refuse(503), stall(50_000)]);
    await assertReads(source, 1000, 600_000);
    assert.deepEqual(asked.map(({ range, ifRange }) => [range, ifRange]), [
      ["bytes=1000-600999", undefined],
      ["bytes=101000-600999", '"v1"'],
      ["bytes=101000-600999", '"v1"'],
      ["bytes=151000-600999", '"v1"'],
    ]);
  }));

Deno.test("RangeSource refuses a file that changed, is of another size, or cannot be had in parts", () =>
  withSource(async (source, { faults, files, url }) => {
    const other = { bytes: BYTES.map((byte) => byte ^ 1), etag: '"v2"' };
    faults.set("/a.zip", [cut(100_000), swap(other)]);
    await assert.rejects(source.read(1000, 600_000), {
      name: "DownloadError",
      message: `${url}/a.zip changed while it was read: run it again`,
    });
    // Another server, which knows ranges but not If-Range.
    faults.set("/a.zip", [cut(100_000), (request, response) => {
      delete request.headers["if-range"];
      swap(other)(request, response, other);
    }]);
    await assert.rejects(source.read(1000, 600_000), /changed while it was read/);
    const larger = new RangeSource("a.zip", `${url}/a.zip`, BYTES.length + 1);
    await assert.rejects(
      larger.read(0, 10),
      /said to have 2000001 bytes, and the server has 2000000/,
    );
    files.set("/b.zip", { bytes: BYTES, noRanges: true });
    const whole = new RangeSource("b.zip", `${url}/b.zip`, BYTES.length);
    await assert.rejects(whole.read(0, 10), { name: "NoRanges" });
    const none = new RangeSource("c.zip", `${url}/c.zip`, BYTES.length);
    await assert.rejects(none.read(0, 10), { name: "DownloadError", message: /answered 404/ });
    for (const source of [larger, whole, none]) await source.close();
  }));

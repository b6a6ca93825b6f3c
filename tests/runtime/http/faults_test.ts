import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { download, type DownloadOptions } from "../../../src/runtime/http/download.ts";
import { fetchJson, fetchSmall, refusal } from "../../../src/runtime/http/fetch_small.ts";
import type { Patience } from "../../../src/runtime/http/patience.ts";
import {
  cut,
  endEarly,
  type Fault,
  type FaultyServer,
  lieAboutLength,
  refuse,
  stall,
  swap,
  withFaultyServer,
} from "../../faulty_server.ts";
import { withFolder } from "../../with_folder.ts";

const BYTES = Uint8Array.from({ length: 400_000 }, (_, i) => (i * 7919) >> 5 & 255);
const MD5 = createHash("md5").update(BYTES).digest("hex");
const PATIENCE: Patience = { attempts: 3, stallSeconds: 1, pauseSeconds: 0.01 };
const OPTIONS: DownloadOptions = {
  size: BYTES.length,
  hash: { algorithm: "md5", hex: MD5 },
  patience: PATIENCE,
};

/** Downloads a file off a server of such faults. */
function withFaults(
  faults: Fault[],
  work: (path: string, url: string, server: FaultyServer) => Promise<void>,
): Promise<void> {
  return withFolder((dir) =>
    withFaultyServer(async (server) => {
      server.files.set("/a.zip", { bytes: BYTES, etag: '"v1"' });
      server.faults.set("/a.zip", faults);
      await work(join(dir, "a.zip"), `${server.url}/a.zip`, server);
    })
  );
}

function filesBeside(path: string): string[] {
  return readdirSync(join(path, "..")).sort();
}

const OVERCOME: Readonly<Record<string, [faults: Fault[], ranges: (string | undefined)[]]>> = {
  "connections that break": [[cut(100_000), cut(50_000)], [
    undefined,
    "bytes=100000-",
    "bytes=150000-",
  ]],
  "a server that stalls": [[stall(120_000)], [undefined, "bytes=120000-"]],
  "a server that is silent at once": [[stall(0)], [undefined, undefined]],
  "a busy server": [[refuse(503), refuse(429, { "retry-after": "0" })], [
    undefined,
    undefined,
    undefined,
  ]],
  "a body that ends early in chunks": [[endEarly(90_000)], [undefined, "bytes=90000-"]],
};

for (const [what, [faults, ranges]] of Object.entries(OVERCOME)) {
  Deno.test(`download() overcomes ${what}`, () =>
    withFaults([...faults], async (path, url, { asked }) => {
      await download(url, path, OPTIONS);
      assert.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
      assert.deepEqual(filesBeside(path), ["a.zip"]);
      assert.deepEqual(asked.map(({ range }) => range), ranges);
    }));
}

Deno.test("download() gives up after so many failures in a row, keeps the part and goes on from it", () =>
  withFaults([cut(100_000), refuse(503), refuse(502)], async (path, url, server) => {
    await assert.rejects(download(url, path, OPTIONS), {
      name: "DownloadError",
      message: `${url} answered 502 Bad Gateway`,
    });
    assert.deepEqual(filesBeside(path), ["a.zip.part", "a.zip.part.json"]);
    server.asked.length = 0;
    await download(url, path, OPTIONS);
    assert.deepEqual(server.asked.map(({ range }) => range), ["bytes=100000-"]);
    assert.equal(server.asked[0].ifRange, '"v1"');
    assert.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
  }));

Deno.test("download() says for how long a server wants to be left alone, and does not wait that long", () =>
  withFaults(
    [refuse(429, { "retry-after": "3600" })],
    (path, url) =>
      assert.rejects(download(url, path, OPTIONS), {
        name: "DownloadError",
        message: /answered 429 .*pause of 60 minutes: run it again then/,
      }),
  ));

Deno.test("download() goes on without an ETag where the hash is known, and under another address", () =>
  withFaults([cut(100_000)], async (path, url, { asked, files }) => {
    for (const path of ["/a.zip", "/b.zip"]) files.set(path, { bytes: BYTES });
    await assert.rejects(
      download(url, path, { ...OPTIONS, patience: {} }),
      /broke off after 100000/,
    );
    await download(url.replace("a.zip", "b.zip"), path, OPTIONS);
    assert.deepEqual(asked.map(({ range, ifRange }) => [range, ifRange]), [
      [undefined, undefined],
      ["bytes=100000-", undefined],
    ]);
    assert.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
  }));

Deno.test("download() starts anew where the file was changed while it was cut off", () =>
  withFaults([cut(100_000)], async (path, url, { files, asked }) => {
    const other = BYTES.map((byte) => byte ^ 1);
    await assert.rejects(download(url, path, { size: BYTES.length }), /broke off/);
    files.set("/a.zip", { bytes: other, etag: '"v2"' });
    await download(url, path, { size: BYTES.length });
    assert.deepEqual(new Uint8Array(readFileSync(path)), other);
    assert.deepEqual(asked[1], {
      ...{ method: "GET", path: "/a.zip", range: "bytes=100000-", ifRange: '"v1"' },
    });
  }));

Deno.test("download() sees another version in the rest that a server sends in spite of If-Range", () =>
  withFaults([cut(100_000)], async (path, url, { files, faults }) => {
    const other = { bytes: BYTES.map((byte) => byte ^ 1), etag: '"v2"' };
    await assert.rejects(download(url, path, { size: BYTES.length }), /broke off/);
    files.set("/a.zip", other);
    // It knows ranges, but not If-Range.
    const careless: Fault = (request, response, file) => {
      delete request.headers["if-range"];
      swap(file)(request, response, file);
    };
    faults.set("/a.zip", [careless]);
    await download(url, path, { size: BYTES.length });
    assert.deepEqual(new Uint8Array(readFileSync(path)), other.bytes);
  }));

Deno.test("download() takes the whole file from a server that ignores ranges", () =>
  withFaults([cut(100_000)], async (path, url, { files, asked }) => {
    files.set("/a.zip", { bytes: BYTES, etag: '"v1"', noRanges: true });
    await download(url, path, OPTIONS);
    assert.equal(asked.length, 2);
    assert.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
  }));

Deno.test("download() fetches a file that was damaged before the cut once more, from its beginning", () =>
  withFaults([], async (path, url, { faults, asked }) => {
    const damaged = BYTES.map((byte, i) => i === 5 ? byte ^ 1 : byte);
    faults.set("/a.zip", [(request, response) => cut(9000)(request, response, { bytes: damaged })]);
    await download(url, path, OPTIONS);
    assert.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
    assert.deepEqual(asked.map(({ range }) => range), [undefined, "bytes=9000-", undefined]);
  }));

const REFUSED: Readonly<Record<string, [faults: Fault[], message: RegExp]>> = {
  "a file of another hash": [[swap({ bytes: BYTES.map((b) => b ^ 1) })], /has the MD5 .*deleted/],
  "a length that is not the file's": [
    [lieAboutLength(-1000)],
    /is said to have 400000 bytes, and the server sends 399000/,
  ],
  "a length that is more than the file's": [
    [lieAboutLength(1000)],
    /is said to have 400000 bytes, and the server sends 401000/,
  ],
  "more than there should be": [
    [(_, response) => void response.writeHead(200).end(new Uint8Array(400_001))],
    /sends more than its 400000 bytes/,
  ],
  "a page that says no": [[refuse(404)], /answered 404 Not Found/],
};

for (const [what, [faults, message]] of Object.entries(REFUSED)) {
  Deno.test(`download() refuses ${what} and leaves nothing that looks whole`, () =>
    withFaults([...faults], async (path, url) => {
      await assert.rejects(download(url, path, OPTIONS), { name: "DownloadError", message });
      assert.equal(filesBeside(path).includes("a.zip"), false);
      await download(url, path, OPTIONS);
      assert.deepEqual(new Uint8Array(readFileSync(path)), BYTES);
    }));
}

Deno.test("fetchSmall() takes no more than it was told, and tells what a server says of its refusal", () =>
  withFaultyServer(async ({ url, files, faults, posts }) => {
    files.set("/big", { bytes: BYTES });
    await assert.rejects(
      fetchSmall(`${url}/big`, { limit: 1000 }),
      /sends more than the 1000 bytes/,
    );
    posts.set("/batch", () => [403, { message: "over its budget\nsecond line" }]);
    const answer = await fetchSmall(`${url}/batch`, { limit: 1000, method: "POST", body: "{}" });
    assert.equal(
      refusal(`${url}/batch`, answer).message,
      `${url}/batch answered 403 Forbidden: over its budget`,
    );
    files.set("/json", { bytes: new TextEncoder().encode('{"a":') });
    faults.set("/json", [refuse(500)]);
    const request = { limit: 1000, patience: PATIENCE };
    await assert.rejects(fetchJson(`${url}/json`, request), {
      message: `${url}/json sent no JSON`,
    });
  }));

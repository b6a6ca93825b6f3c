import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { download } from "../../../src/runtime/http/download.ts";

const BODY = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);
const SHA256 = createHash("sha256").update(BODY).digest("hex");

/** Runs `work` in a new folder with a server on this machine; gives it the server's address. */
async function withServer(
  handler: (request: Request) => Response,
  work: (url: string, dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, handler);
  try {
    await work(`http://127.0.0.1:${server.addr.port}/weights.h5`, dir);
  } finally {
    await server.shutdown();
    await Deno.remove(dir, { recursive: true });
  }
}

/** Puts down what a download that was cut off after `length` bytes leaves. */
async function cutOff(path: string, url: string, length: number, validator: string): Promise<void> {
  await Deno.writeFile(`${path}.part`, BODY.subarray(0, length));
  await Deno.writeTextFile(`${path}.part.json`, JSON.stringify({ url, validator }));
}

function filesOf(dir: string): string[] {
  return Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();
}

/** A server that knows ranges, with the ETag "v1". */
function ranges(request: Request): Response {
  const start = Number(request.headers.get("range")?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
  const same = request.headers.get("if-range") === '"v1"';
  return start > 0 && same
    ? new Response(BODY.subarray(start), {
      status: 206,
      headers: {
        etag: '"v1"',
        "content-range": `bytes ${start}-${BODY.length - 1}/${BODY.length}`,
      },
    })
    : new Response(BODY, { headers: { etag: '"v1"' } });
}

Deno.test("download() writes the file, tells its progress and leaves nothing else", () =>
  withServer(ranges, async (url, dir) => {
    const seen: [number, number | undefined][] = [];
    await download(url, `${dir}/a`, {
      hash: { algorithm: "sha256", hex: SHA256.toUpperCase() },
      onProgress: (done, total) => seen.push([done, total]),
    });
    assert.deepEqual(await Deno.readFile(`${dir}/a`), BODY);
    assert.deepEqual(filesOf(dir), ["a"]);
    assert.deepEqual(seen[0], [0, BODY.length]);
    assert.deepEqual(seen.at(-1), [BODY.length, BODY.length]);
  }));

Deno.test("download() keeps what came before the connection broke, and goes on from there", async () => {
  const dir = await Deno.makeTempDir();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}/weights.h5`;
  const requests: string[] = [];
  const serving = (async () => {
    for (const [from, to] of [[0, 120_000], [120_000, BODY.length]]) {
      using connection = await listener.accept();
      const buffer = new Uint8Array(4096);
      requests.push(new TextDecoder().decode(buffer.subarray(0, (await connection.read(buffer))!)));
      const status = from === 0
        ? "200 OK"
        : `206 Partial Content\r\nContent-Range: bytes ${from}-${BODY.length - 1}/${BODY.length}`;
      const writer = connection.writable.getWriter();
      await writer.write(new TextEncoder().encode(
        `HTTP/1.1 ${status}\r\nETag: "v1"\r\nContent-Length: ${BODY.length - from}\r\n\r\n`,
      ));
      await writer.write(BODY.slice(from, to));
      await writer.close();
    }
  })();
  try {
    await assert.rejects(download(url, `${dir}/a`), {
      name: "DownloadError",
      message: /weights\.h5 broke off after 120000 bytes .*run it again/,
    });
    assert.deepEqual(filesOf(dir), ["a.part", "a.part.json"]);
    let first: number | undefined;
    await download(url, `${dir}/a`, { onProgress: (done) => first ??= done });
    assert.equal(first, 120_000);
    assert.deepEqual(await Deno.readFile(`${dir}/a`), BODY);
    assert.deepEqual(filesOf(dir), ["a"]);
    await serving;
    assert.doesNotMatch(requests[0], /range/i);
    assert.match(requests[1], /\r\nrange: bytes=120000-\r\n/i);
    assert.match(requests[1], /\r\nif-range: "v1"\r\n/i);
  } finally {
    listener.close();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("download() starts anew where the part is of another version, another address or unusable", () =>
  withServer(ranges, async (url, dir) => {
    const path = `${dir}/a`;
    for (
      const prepare of [
        () => cutOff(path, url, 1000, '"v0"'),
        () => cutOff(path, `${url}?other`, 1000, '"v1"'),
        () => Deno.writeFile(`${path}.part`, BODY.subarray(7)),
        async () => {
          await cutOff(path, url, 1000, "");
          await Deno.writeTextFile(`${path}.part.json`, '{"url"');
        },
      ]
    ) {
      await prepare();
      await download(url, path);
      assert.deepEqual(await Deno.readFile(path), BODY);
      assert.deepEqual(filesOf(dir), ["a"]);
    }
  }));

Deno.test("download() starts anew where the server answers a range with 416 or with another range", async () => {
  for (const status of [416, 206]) {
    await withServer(
      (request) =>
        request.headers.has("range")
          ? new Response("", { status, headers: { "content-range": `bytes 5-9/${BODY.length}` } })
          : new Response(BODY),
      async (url, dir) => {
        await cutOff(`${dir}/a`, url, 1000, '"v1"');
        await download(url, `${dir}/a`);
        assert.deepEqual(await Deno.readFile(`${dir}/a`), BODY);
      },
    );
  }
});

Deno.test("download() goes on by the date of the last change where the ETag is weak", async () => {
  const dir = await Deno.makeTempDir();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}/weights.h5`;
  const serving = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(4096));
    const writer = connection.writable.getWriter();
    await writer.write(new TextEncoder().encode(
      'HTTP/1.1 200 OK\r\nETag: W/"v1"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n' +
        "Content-Length: 10\r\n\r\nhalf",
    ));
    await writer.close();
  })();
  try {
    await assert.rejects(download(url, `${dir}/a`), { name: "DownloadError" });
    await serving;
    assert.deepEqual(JSON.parse(await Deno.readTextFile(`${dir}/a.part.json`)), {
      url,
      validator: "Sun, 06 Nov 1994 08:49:37 GMT",
    });
  } finally {
    listener.close();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("download() rejects a file of another hash and deletes it", () =>
  withServer(ranges, async (url, dir) => {
    await assert.rejects(
      download(url, `${dir}/a`, { hash: { algorithm: "md5", hex: "0".repeat(32) } }),
      { name: "DownloadError", message: /has the MD5 [0-9a-f]{32}, expected 0{32}: .*deleted/ },
    );
    assert.deepEqual(filesOf(dir), []);
  }));

Deno.test("download() says what the server answered, or that there is none", async () => {
  let address = "";
  await withServer(() => new Response("no", { status: 404 }), async (url, dir) => {
    address = url;
    await assert.rejects(download(url, `${dir}/a`), {
      name: "DownloadError",
      message: `${url} answered 404 Not Found`,
    });
    assert.deepEqual(filesOf(dir), []);
  });
  await assert.rejects(download(address, "/nowhere/a"), {
    name: "DownloadError",
    message: /cannot reach http:\/\/127\.0\.0\.1/,
  });
});

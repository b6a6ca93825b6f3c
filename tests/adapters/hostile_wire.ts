import { wavFile } from "../serve/clips.ts";
import { toneBytes } from "../serve/clips.ts";
import { HALF_CLOSE, type RawStep, requestBytes } from "./raw_http.ts";

/** What is sent over the wire, byte by byte, and the status that answers it. */
export interface HostileWire {
  readonly name: string;
  readonly steps: () => Iterable<RawStep>;
  readonly status: number;
}

const HEAD = "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/wav\r\n";

const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n`;

/** The headers of a request that sends its body only when it is told to. */
const expecting = (type: string, length: number) =>
  `POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\n` +
  `Content-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`;

/** A header, or a body, of which a few bytes come every now and then, for as long as they are taken. */
function* dribble(first: string, piece: string): Generator<RawStep> {
  yield first;
  for (let i = 0; i < 100; i++) yield* [200, piece];
}

function* endlessChunks(): Generator<RawStep> {
  yield `${CHUNKED}\r\n`;
  const chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
  for (let i = 0; i < 10_000; i++) yield chunk;
}

/** Requests that are no proper HTTP, come too slowly, never end, or go astray. */
export function hostileWire(maxBytes: number): HostileWire[] {
  const wav = wavFile(toneBytes(8000));
  const line = (request: string, status: number, name = request.slice(0, 40)): HostileWire => ({
    ...{ name: `line: ${JSON.stringify(name)}`, status },
    steps: () => [`${request}\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`],
  });
  const wire = (name: string, status: number, ...steps: RawStep[]): HostileWire => ({
    ...{ name: `wire: ${name}`, status, steps: () => steps },
  });
  return [
    wire("a header of 100 KB", 431, `${HEAD}X: ${"a".repeat(100_000)}\r\n\r\n`),
    wire("10,000 headers", 431, HEAD + "X: a\r\n".repeat(10_000) + "\r\n"),
    wire("a path of 100 KB", 431, `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`),
    wire("no body and no length", 411, `${HEAD}\r\n`),
    wire("a length of 0", 400, `${HEAD}Content-Length: 0\r\n\r\n`),
    wire("a negative length", 400, `${HEAD}Content-Length: -1\r\n\r\n`),
    wire("a length of words", 400, `${HEAD}Content-Length: many\r\n\r\n`),
    wire("a length of 10^30", 400, `${HEAD}Content-Length: 1${"0".repeat(30)}\r\n\r\n`),
    wire("a length over the limit", 413, `${HEAD}Content-Length: ${maxBytes + 1}\r\n\r\n`),
    wire("two lengths", 400, `${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`),
    wire(
      "a length and chunks",
      400,
      `${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ),
    wire("a length that is too short", 400, `${HEAD}Content-Length: 100\r\n\r\n`, wav),
    wire("a length that is too long", 408, `${HEAD}Content-Length: 90000\r\n\r\n`, wav),
    wire(
      "a chunk of no size",
      400,
      `${CHUNKED}\r\nzz\r\na\r\n0\r\n\r\n`,
    ),
    wire("no chunk", 400, `${CHUNKED}\r\n0\r\n\r\n`),
    wire("a chunk of 2^64", 400, `${CHUNKED}\r\n${"f".repeat(17)}\r\n`),
    wire("another coding", 400, `${HEAD}Transfer-Encoding: gzip\r\n\r\n`),
    { name: "wire: endless chunks", status: 413, steps: endlessChunks },
    {
      ...{ name: "wire: a body that dribbles", status: 408 },
      steps: () => dribble(`${HEAD}Content-Length: 1000\r\n\r\n`, "a"),
    },
    {
      ...{ name: "wire: chunks that dribble", status: 408 },
      steps: () => dribble(`${CHUNKED}\r\n`, "1\r\na\r\n"),
    },
    { name: "wire: headers that dribble", status: 408, steps: () => dribble(HEAD, "X: a\r\n") },
    wire("half a request line", 408, "POST /v1/pre"),
    wire("TLS", 400, new Uint8Array([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 13, 10, 13, 10])),
    wire("HTTP/0.9", 404, "GET /\r\n\r\n"),
    wire("HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    wire("a body cut short", 400, `${HEAD}Content-Length: 100\r\n\r\nabc`, 50, HALF_CLOSE),
    wire("a body that never begins", 400, `${HEAD}Content-Length: 100\r\n\r\n`, 50, HALF_CLOSE),
    wire("a chunk cut short", 400, `${CHUNKED}\r\n5\r\nab`, 50, HALF_CLOSE),
    wire("chunks without an end", 400, `${CHUNKED}\r\n5\r\nhello\r\n`, 50, HALF_CLOSE),
    wire("two equal lengths", 400, `${HEAD}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`),
    wire("a list of lengths", 400, `${HEAD}Content-Length: 3, 3\r\n\r\nabc`),
    wire("a length over the limit, expecting", 413, expecting("audio/wav", maxBytes + 1)),
    wire("HTML, expecting", 415, expecting("text/html", 1000)),
    wire("MP4 without a decoder, expecting", 415, expecting("video/mp4", 1000)),
    wire("a form of another kind, expecting", 415, expecting("multipart/mixed; boundary=x", 1000)),
    wire("expecting what is unknown", 417, `${HEAD}Content-Length: 3\r\nExpect: pizza\r\n\r\n`),
    wire("no host", 400, "GET /healthz HTTP/1.1\r\n\r\n"),
    wire("two hosts", 400, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"),
    wire("an empty host", 400, "GET /healthz HTTP/1.1\r\nHost:\r\n\r\n"),
    wire("another's host", 421, "GET / HTTP/1.1\r\nHost: evil.example:8000\r\n\r\n"),
    wire(
      "another's page",
      403,
      `${HEAD}Origin: http://evil.example\r\nContent-Length: 3\r\n\r\nabc`,
    ),
    wire("a header of zeros", 400, `${HEAD}X: \0\0\r\n\r\n`),
    wire("a header without a name", 400, `${HEAD}: a\r\n\r\n`),
    wire("bare line feeds", 400, "GET /healthz HTTP/1.1\nHost: a\n\n"),
    line("GET /\0 HTTP/1.1", 400),
    line("GET http://evil.example/v1/model HTTP/1.1", 421),
    line("GET http:///v1/model HTTP/1.1", 400),
    line("GET ftp://localhost/ HTTP/1.1", 400),
    line("GET /../../../../etc/passwd HTTP/1.1", 404),
    line("GET /%2e%2e/%2e%2e/deno.json HTTP/1.1", 404),
    line("GET /..%2f..%2fdeno.json HTTP/1.1", 404),
    line("GET //etc/passwd HTTP/1.1", 404),
    line("GET /%00 HTTP/1.1", 404),
    line("GET /%ff%fe HTTP/1.1", 404),
    line("GET /v1/predict HTTP/1.1", 405),
    line("PUT /v1/predict HTTP/1.1", 405),
    line("DELETE /v1/model HTTP/1.1", 405),
    line("OPTIONS /v1/predict HTTP/1.1", 405),
    line("OPTIONS * HTTP/1.1", 405),
    line("PROPFIND /healthz HTTP/1.1", 405),
    line("TRACE / HTTP/1.1", 405),
    line("CONNECT localhost:22 HTTP/1.1", 405),
    line("BREW /coffee HTTP/1.1", 400),
  ];
}

/** A proper request with `body`. */
export function postBytes(
  { type, body, query = "", headers = {} }: {
    readonly type: string;
    readonly body: Uint8Array;
    readonly query?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Uint8Array {
  return requestBytes("POST", `/v1/predict${query}`, { "Content-Type": type, ...headers }, body);
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A file that is served. */
export interface ServedFile {
  /** Its bytes. */
  readonly bytes: Uint8Array;
  /** Its ETag. Default: none. */
  readonly etag?: string;
  /** Whether ranges of it are sent. Default: they are. */
  readonly noRanges?: boolean;
}

/** What a server does instead of what it should. */
export type Fault = (request: IncomingMessage, response: ServerResponse, file: ServedFile) => void;

/** A request that came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly range?: string;
  readonly ifRange?: string;
}

/** A server that serves files well, but for the faults that are planned for a path: the next request has the next one. */
export interface FaultyServer {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** What it serves, by path. */
  readonly files: Map<string, ServedFile>;
  /** What it does wrong, by path. */
  readonly faults: Map<string, Fault[]>;
  /** What answers a POST, by path: the answer's status and JSON. */
  readonly posts: Map<string, (json: unknown) => [status: number, json: unknown]>;
  /** What was asked. */
  readonly asked: Asked[];
}

/** Runs `work` beside such a server on this machine. */
export async function withFaultyServer(
  work: (server: FaultyServer) => Promise<void>,
): Promise<void> {
  const files: FaultyServer["files"] = new Map();
  const faults: FaultyServer["faults"] = new Map();
  const posts: FaultyServer["posts"] = new Map();
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url!.replace(/\?.*$/, ""));
    const { range, "if-range": ifRange } = request.headers;
    asked.push({ method: request.method!, path, range, ifRange: ifRange as string | undefined });
    const file = files.get(path);
    const fault = faults.get(path)?.shift();
    if (fault) return fault(request, response, file ?? { bytes: new Uint8Array() });
    const post = posts.get(path);
    if (post && request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      const [status, json] = post(JSON.parse(body));
      return response.writeHead(status).end(JSON.stringify(json));
    }
    if (!file) return response.writeHead(404).end("no such file");
    serve(request, response, file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await work({ url: `http://127.0.0.1:${port}`, files, faults, posts, asked });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Status, headers and body of a right answer. */
function answerTo(
  { headers: { range, "if-range": ifRange } }: IncomingMessage,
  { bytes, etag, noRanges = false }: ServedFile,
): { status: number; headers: Record<string, string>; body: Uint8Array } {
  const headers: Record<string, string> = etag === undefined ? {} : { etag };
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
  const isOther = ifRange !== undefined && ifRange !== etag;
  if (!match || noRanges || isOther) return { status: 200, headers, body: bytes };
  const start = Number(match[1]);
  const end = match[2] === "" ? bytes.length : Math.min(bytes.length, Number(match[2]) + 1);
  if (start >= bytes.length) return { status: 416, headers, body: new Uint8Array() };
  headers["content-range"] = `bytes ${start}-${end - 1}/${bytes.length}`;
  return { status: 206, headers, body: bytes.subarray(start, end) };
}

function serve(request: IncomingMessage, response: ServerResponse, file: ServedFile): void {
  const { status, headers, body } = answerTo(request, file);
  response.writeHead(status, { ...headers, "content-length": body.length }).end(body);
}

/** Sends so many bytes of the answer, and breaks the connection. */
export function cut(after: number): Fault {
  return (request, response, file) => {
    const { status, headers, body } = answerTo(request, file);
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.write(body.subarray(0, after), () => setTimeout(() => response.destroy(), 50));
  };
}

/** Sends so many bytes of the answer, and then nothing more. */
export function stall(after: number): Fault {
  return (request, response, file) => {
    const { status, headers, body } = answerTo(request, file);
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.flushHeaders();
    if (after > 0) response.write(body.subarray(0, after));
  };
}

/** Answers with a status. */
export function refuse(status: number, headers: Record<string, string> = {}): Fault {
  return (_, response) => void response.writeHead(status, headers).end("not now");
}

/** Says that the answer is longer than it is, or shorter. */
export function lieAboutLength(by: number): Fault {
  return (request, response, file) => {
    const { status, headers, body } = answerTo(request, file);
    const length = body.length + by;
    // Node's server would not write more than it announced.
    response.writeHead(status, { ...headers, "content-length": length });
    response.write(body.subarray(0, Math.min(body.length, length)), () => response.socket?.end());
  };
}

/** Serves another file. */
export function swap(other: ServedFile): Fault {
  return (request, response) => serve(request, response, other);
}

/** Sends the whole file in chunks, without a word on its length, and ends early. */
export function endEarly(after: number): Fault {
  return (_, response, { bytes, etag }) => {
    response.writeHead(200, etag === undefined ? {} : { etag });
    response.write(bytes.subarray(0, after), () => response.end());
  };
}

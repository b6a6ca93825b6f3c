import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { BucketOptions } from "../../../src/pipeline/store/bucket/bucket_options.ts";

/** What a bucket does instead of what it should. */
export type BucketFault = (request: IncomingMessage, response: ServerResponse) => void;

/** A bucket of this process, as far as a store asks for one. */
export interface FakeBucket {
  /** What it holds. */
  readonly objects: Map<string, Uint8Array>;
  /** What was asked, as in `PUT store/ab/cd.safetensors`. */
  readonly asked: string[];
  /** What the next requests meet; undefined is a right answer. */
  readonly faults: (BucketFault | undefined)[];
  /** What a store is opened with, with a cache in `dir`. */
  options(dir: string, bytes?: number): BucketOptions;
}

/** Runs `work` beside such a bucket. */
export async function withFakeBucket(work: (bucket: FakeBucket) => Promise<void>): Promise<void> {
  const objects = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const faults: FakeBucket["faults"] = [];
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(request.url!.slice(1));
    asked.push(`${request.method} ${name}`);
    const fault = faults.shift();
    if (fault) return fault(request, response);
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part);
    if (request.method === "PUT") {
      if (request.headers["if-none-match"] === "*" && objects.has(name)) {
        return response.writeHead(412).end("<Error><Code>PreconditionFailed</Code></Error>");
      }
      objects.set(name, Uint8Array.from(parts.flatMap((part) => [...part])));
      return response.writeHead(200).end();
    }
    const object = objects.get(name);
    if (!object) return response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    const range = /^bytes=0-(\d+)$/.exec(request.headers.range ?? "");
    if (!range) return response.writeHead(200, { "content-length": object.length }).end(object);
    if (object.length === 0) return response.writeHead(416).end();
    const body = object.subarray(0, Number(range[1]) + 1);
    response.writeHead(206, {
      "content-length": body.length,
      "content-range": `bytes 0-${body.length - 1}/${object.length}`,
    }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await work({
      objects,
      asked,
      faults,
      options: (dir, bytes = 1e9) => ({
        cache: { dir, bytes },
        patience: { attempts: 4, pauseSeconds: 0.01, stallSeconds: 0.3 },
        settings: {
          base: `http://127.0.0.1:${port}`,
          sign: ({ headers }) => Promise.resolve({ headers }),
        },
      }),
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Answers with a status. */
export function refuse(status: number, body = ""): BucketFault {
  return (_, response) => void response.writeHead(status).end(body);
}

/** Breaks the connection without a word. */
export const hangUp: BucketFault = (request) => request.destroy();

/** Says nothing. */
export const beSilent: BucketFault = () => {};

/** Sends the beginning of an answer and breaks the connection. */
export const cutShort: BucketFault = (_, response) => {
  response.writeHead(200, { "content-length": 1000 });
  response.write("half of it", () => response.destroy());
};

/** Sends the beginning of an answer and nothing more. */
export const standStill: BucketFault = (_, response) => {
  response.writeHead(200, { "content-length": 1000 });
  response.write("half of it");
};

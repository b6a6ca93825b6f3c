import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { App } from "../../src/serve/create_app.ts";
import { Problem, PROBLEM_TITLES, type ProblemStatus } from "../../src/serve/problem.ts";
import { sendResponse } from "./send_response.ts";
import { toRequest } from "./to_request.ts";

/** Where and how to listen. */
export interface ListenOptions {
  /** Address to listen on; `127.0.0.1` is reached from this machine only. */
  readonly host: string;
  /** Port; 0 takes a free one. */
  readonly port: number;
  /** How long a client may take for its request, and for each piece of the response, in seconds. */
  readonly timeoutSeconds: number;
  /**
   * Most bytes of a request's headers; beyond it: 431.
   *
   * @default {16384}
   */
  readonly maxHeaderBytes?: number;
  /**
   * Most connections at once; more are closed.
   *
   * @default {1024}
   */
  readonly maxConnections?: number;
}

/** A server that listens. */
export interface Listener {
  /** The address, as in `http://127.0.0.1:8000`. */
  readonly url: string;
  /**
   * Stops gracefully: predictions under way are finished, new ones refused with 503; then everything
   * is closed.
   */
  stop(): Promise<void>;
}

/** Headers come in one packet as a rule; who dribbles them keeps a connection for nothing. */
const HEADER_SECONDS = 10;
/** What the endpoint's own time-outs, which give better answers, are ahead of the listener's. */
const GRACE_SECONDS = 5;

/**
 * Listens for HTTP with `node:http`, which Deno has as well as Node: its parser (llhttp) is strict, and
 * headers, time and connections are bounded.
 *
 * @throws {Error} If the address cannot be had; its `code` says why, as in `EADDRINUSE`.
 */
export async function listen(app: App, options: ListenOptions): Promise<Listener> {
  const { host, port, timeoutSeconds, maxHeaderBytes = 16384, maxConnections = 1024 } = options;
  const seconds = timeoutSeconds + GRACE_SECONDS;
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: Math.min(HEADER_SECONDS, seconds) * 1000,
    requestTimeout: seconds * 1000,
    connectionsCheckingInterval: 500,
    keepAliveTimeout: 5000,
  });
  server.maxConnections = maxConnections;
  server.on("request", async (incoming, outgoing) => {
    const client = new AbortController();
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) client.abort(new Error("the client hung up"));
    });
    let response: Response;
    try {
      response = await app.fetch(toRequest(incoming, client.signal));
    } catch (cause) {
      // Only what no Request can be: CONNECT, TRACE, a path that is none.
      const known = ["GET", "HEAD", "POST"].includes(incoming.method ?? "");
      response = known
        ? new Problem(400, "the request's target is not a path", { cause }).response()
        : new Problem(405, "GET and POST are all there is", { allow: ["GET", "POST"] }).response();
    }
    await sendResponse(incoming, outgoing, response, seconds * 1000);
  });
  server.on("connect", (_request, socket: Socket) => refuse(socket, 405));
  server.on("clientError", (error: Error & { code?: string }, socket: Socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
    refuse(socket, STATUS_OF[error.code ?? ""] ?? 400);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, stop: () => stop(app, server) };
}

const STATUS_OF: Readonly<Record<string, ProblemStatus>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const DETAILS: Readonly<Partial<Record<ProblemStatus, string>>> = {
  400: "the request is not HTTP/1.1",
  405: "GET and POST are all there is",
  408: "the request took too long to arrive",
  431: "the request's headers are too large",
};

/** Answers a request that never became one, and closes. */
function refuse(socket: Socket, status: ProblemStatus): void {
  const body = JSON.stringify(new Problem(status, DETAILS[status]!).details());
  socket.end(
    `HTTP/1.1 ${status} ${PROBLEM_TITLES[status]}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n` +
      `${status === 405 ? "allow: GET, POST\r\n" : ""}\r\n${body}`,
  );
}

async function stop(app: App, server: Server): Promise<void> {
  app.drain();
  await app.idle();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // What is left after a moment is a client that keeps its connection for nothing.
  const timer = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(timer);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "../../src/serve/create_app.ts";
import { Problem } from "../../src/serve/problem.ts";
import { Connections } from "./connections.ts";
import { refuseSocket } from "./refuse_socket.ts";
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
 * headers, time and connections are bounded. `Expect: 100-continue` is answered when the endpoint asks
 * for the body, not before; a client that leaves is noticed at once, whatever is under way for it.
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
    // It is refused below, with problem details.
    requireHostHeader: false,
  });
  server.maxConnections = maxConnections;
  const connections = new Connections();
  let isStopping = false;
  server.on("connection", (socket) => connections.watch(socket));
  const answer = async (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    respond: (signal: AbortSignal) => Promise<Response>,
  ) => {
    const signal = connections.begin(incoming, outgoing);
    try {
      const response = await respond(signal);
      // Whoever asks again is to ask another server, and not to meet a connection that is just being closed.
      if (isStopping) outgoing.setHeader("connection", "close");
      await sendResponse(incoming, outgoing, response, seconds * 1000, signal);
    } catch (error) {
      // Nothing that goes wrong with one client may end the server.
      console.error(error);
      incoming.socket.destroy();
    }
  };
  server.on("request", (incoming, outgoing) => {
    answer(incoming, outgoing, (signal) => respond(app, incoming, { signal }));
  });
  server.on("checkContinue", (incoming, outgoing) => {
    const onBodyAsked = () => outgoing.writeContinue();
    answer(incoming, outgoing, (signal) => respond(app, incoming, { signal, onBodyAsked }));
  });
  server.on("checkExpectation", (incoming, outgoing) => {
    const problem = new Problem(417, "Expect is not known; allowed: 100-continue");
    answer(incoming, outgoing, () => Promise.resolve(problem.response()));
  });
  server.on("connect", (_request, socket) => refuseSocket(socket, 405));
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    if (error.code === "ECONNRESET") socket.destroy();
    else refuseSocket(socket, error.code);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      // Such as a connection that could not be accepted: the next one may be.
      server.on("error", console.error);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    stop: () => {
      isStopping = true;
      return stop(app, server);
    },
  };
}

/** Has the endpoint answer a request. What no `Request` can be, it never sees. */
async function respond(
  app: App,
  incoming: IncomingMessage,
  options: { readonly signal: AbortSignal; readonly onBodyAsked?: () => void },
): Promise<Response> {
  let request: Request;
  try {
    request = toRequest(incoming, options);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.response();
  }
  return await app.fetch(request);
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

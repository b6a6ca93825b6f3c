import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { refuseSocket } from "./refuse_socket.ts";

/** A request and its answer. */
interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly client: AbortController;
}

/**
 * Knows what is under way on each connection, and tells it when the client leaves. The events of a
 * response do not: one that waits for another before it on the same connection never closes.
 */
export class Connections {
  readonly #exchanges = new WeakMap<Socket, Set<Exchange>>();

  /** Watches a new connection. */
  watch(socket: Socket): void {
    const exchanges = new Set<Exchange>();
    this.#exchanges.set(socket, exchanges);
    socket.once("close", () => {
      for (const { client } of exchanges) client.abort(new Error("the client hung up"));
      exchanges.clear();
    });
    // Before the server's own listener, which closes the connection.
    socket.prependListener("end", () => {
      const [exchange, another] = exchanges;
      // It sends no more and may still listen: it is told, unless another answer is due first.
      if (!exchange || another || exchange.incoming.complete) return;
      if (!exchange.outgoing.headersSent) refuseSocket(socket, 400, "the body broke off");
    });
  }

  /** Notes a new request. The signal aborts if the client leaves before its answer is complete. */
  begin(incoming: IncomingMessage, outgoing: ServerResponse): AbortSignal {
    const client = new AbortController();
    const exchanges = this.#exchanges.get(incoming.socket);
    const exchange = { incoming, outgoing, client };
    exchanges?.add(exchange);
    outgoing.once("close", () => {
      exchanges?.delete(exchange);
      if (!outgoing.writableFinished) client.abort(new Error("the client hung up"));
    });
    return client.signal;
  }
}

import type { IncomingMessage, ServerResponse } from "node:http";

/** How long a client that is still sending may take to notice that it was answered, in milliseconds. */
const LINGER_MS = 2000;

/**
 * Sends a web-standard response through `node:http`, as fast as the client takes it. Resolves when it is
 * sent or the client is gone. Each piece has `stallMs` to be taken: a client that takes nothing would
 * otherwise keep its connection for ever.
 */
export async function sendResponse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: Response,
  stallMs: number,
): Promise<void> {
  const gone = new Promise<void>((resolve) => outgoing.once("close", resolve));
  const taken = async (work: Promise<void>) => {
    const timer = setTimeout(() => incoming.socket.destroy(), stallMs);
    await Promise.race([work, gone]);
    clearTimeout(timer);
  };
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  const isWhole = !response.headers.has("content-length") &&
    response.headers.get("content-type") !== "text/event-stream";
  if (incoming.method === "HEAD") await response.body?.cancel();
  else if (isWhole) {
    const body = new Uint8Array(await response.arrayBuffer());
    outgoing.setHeader("content-length", body.length);
    outgoing.write(body);
  } else if (response.body !== null) {
    const reader = response.body.getReader();
    gone.then(() => reader.cancel()).catch(() => {});
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || outgoing.destroyed) break;
        if (!outgoing.write(value)) {
          await taken(new Promise((resolve) => outgoing.once("drain", resolve)));
        }
      }
    } catch {
      // Nothing can be said any more to a client that has the first half: only that it broke off.
      outgoing.destroy();
    }
  }
  outgoing.end();
  if (!incoming.complete) linger(incoming);
  await taken(gone);
}

/**
 * Reads what a client that was refused is still sending, and throws it away, for a moment. A connection
 * closed at once over unread data is reset, and the client would never see its answer.
 */
function linger(incoming: IncomingMessage): void {
  const { socket } = incoming;
  // Whoever was reading the body would stop the flow when nobody takes it.
  incoming.removeAllListeners("data").resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  const stop = () => clearTimeout(timer);
  incoming.once("end", stop);
  socket.once("close", stop);
}

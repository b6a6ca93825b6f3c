import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate } from "node:timers";
import { linger } from "./linger.ts";

/**
 * Sends a web-standard response through `node:http`, as fast as the client takes it. Resolves when it is
 * sent or the client is gone; in either case the response's body is read to its end or cancelled. Each
 * piece has `stallMs` to be taken: a client that takes nothing would otherwise keep its connection for
 * ever. The connection of a client that is answered before it has sent everything is closed.
 *
 * @param gone Aborts when the client leaves, and may have done so already.
 */
export async function sendResponse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: Response,
  stallMs: number,
  gone: AbortSignal,
): Promise<void> {
  const over = new Promise<void>((resolve) => {
    outgoing.once("close", resolve);
    gone.addEventListener("abort", () => resolve(), { once: true });
    if (gone.aborted) resolve();
  });
  const taken = async (work: Promise<void>) => {
    const timer = setTimeout(() => incoming.socket.destroy(), stallMs);
    await Promise.race([work, over]);
    clearTimeout(timer);
  };
  if (gone.aborted) {
    await response.body?.cancel();
    return;
  }
  // A small body in the packet of its headers is parsed a turn later; that is no reason to hang up.
  if (!incoming.complete) await new Promise((resolve) => setImmediate(resolve));
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  const isWhole = !response.headers.has("content-length") &&
    response.headers.get("content-type") !== "text/event-stream";
  if (incoming.method === "HEAD") await response.body?.cancel();
  else if (isWhole) {
    const body = new Uint8Array(await response.arrayBuffer());
    outgoing.setHeader("content-length", body.length);
    outgoing.write(body);
  } else if (response.body !== null) {
    await sendPieces(outgoing, response.body, over, taken);
  }
  if (!incoming.complete && !gone.aborted) {
    outgoing.flushHeaders();
    await linger(incoming);
  }
  outgoing.end();
  await taken(over);
}

async function sendPieces(
  outgoing: ServerResponse,
  body: ReadableStream<Uint8Array>,
  over: Promise<void>,
  taken: (work: Promise<void>) => Promise<void>,
): Promise<void> {
  const reader = body.getReader();
  // Also while the next piece is waited for, which may take long.
  over.then(() => reader.cancel()).catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!outgoing.write(value)) {
        await taken(new Promise((resolve) => outgoing.once("drain", resolve)));
      }
    }
  } catch {
    // Nothing can be said any more to a client that has the first half: only that it broke off.
    outgoing.destroy();
  }
}

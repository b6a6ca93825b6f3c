import type { IncomingMessage } from "node:http";

/** How long a client that is still sending may take to notice that it was answered, in milliseconds. */
export const LINGER_MS = 2000;

/**
 * Reads what a client that was answered is still sending, and throws it away, until it ends, the client
 * leaves or a moment has passed. A connection closed at once over unread data is reset, and the client
 * would never see its answer (RFC 9112, 9.6).
 */
export async function linger(incoming: IncomingMessage): Promise<void> {
  // Whoever was reading the body would stop the flow when nobody takes it.
  incoming.removeAllListeners("data").resume();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LINGER_MS);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    incoming.once("end", stop);
    incoming.once("close", stop);
    if (incoming.complete || incoming.destroyed) stop();
  });
}

import type { IncomingMessage } from "node:http";

/**
 * A request of `node:http` as a web-standard one. The body is read from the socket as fast as it is
 * taken, and is not read at all by a handler that does not ask for it.
 *
 * @param signal Aborts when the client hangs up.
 * @throws {TypeError} If its path or method is none that a `Request` can have.
 */
export function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET", url = "/" } = incoming;
  if (!url.startsWith("/")) throw new TypeError("the path does not begin with /");
  const headers = new Headers();
  const { rawHeaders } = incoming;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i], rawHeaders[i + 1]);
  }
  // Without either header there is no body, as HTTP/1.1 has it.
  const hasBody = headers.has("content-length") || headers.has("transfer-encoding");
  const bodiless = method === "GET" || method === "HEAD" || !hasBody;
  // The host is not the client's to choose: nothing here depends on it.
  return new Request(`http://localhost${url}`, {
    method,
    headers,
    signal,
    ...(bodiless ? {} : { body: bodyOf(incoming), duplex: "half" }),
  });
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  let over = false;
  return new ReadableStream({
    start(controller) {
      incoming.pause();
      incoming.on("data", (chunk: Uint8Array<ArrayBuffer>) => {
        // Once nobody asks any more, the rest is read only to be thrown away.
        if (over) return;
        controller.enqueue(new Uint8Array(chunk));
        incoming.pause();
      });
      incoming.once("end", () => {
        if (over) return;
        over = true;
        controller.close();
      });
      const fail = () => {
        if (over) return;
        over = true;
        controller.error(new Error("the connection broke"));
      };
      incoming.once("error", fail);
      incoming.once("close", fail);
    },
    pull() {
      incoming.resume();
    },
    cancel() {
      over = true;
    },
  }, { highWaterMark: 0 });
}

import type { IncomingMessage } from "node:http";
import { Problem } from "../../src/serve/problem.ts";

/** What {@linkcode toRequest} is told beside the request. */
export interface ToRequestOptions {
  /** Aborts when the client hangs up. */
  readonly signal: AbortSignal;
  /**
   * Called once, when the body is asked for: a client that waits for that is told to send it.
   *
   * @default {nothing is called}
   */
  readonly onBodyAsked?: () => void;
}

/**
 * A request of `node:http` as a web-standard one. The body is read from the socket as fast as it is
 * taken, and is not read at all by a handler that does not ask for it.
 *
 * @throws {Problem} 400 if its target or its `Host` is none, 405 for a method that no `Request` can have.
 */
export function toRequest(incoming: IncomingMessage, options: ToRequestOptions): Request {
  const { method = "GET", rawHeaders } = incoming;
  try {
    const headers = new Headers();
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      headers.append(rawHeaders[i], rawHeaders[i + 1]);
    }
    const path = pathOf(incoming, headers);
    // Without either header there is no body, as HTTP/1.1 has it.
    const hasBody = headers.has("content-length") || headers.has("transfer-encoding");
    const bodiless = method === "GET" || method === "HEAD" || !hasBody;
    // Only the header says who is asked: the endpoint looks at that.
    return new Request(`http://localhost${path}`, {
      method,
      headers,
      signal: options.signal,
      ...(bodiless ? {} : { body: bodyOf(incoming, options.onBodyAsked), duplex: "half" }),
    });
  } catch (cause) {
    throw cause instanceof Problem ? cause : noRequest(method, cause);
  }
}

/** The path and query of a request; sets `Host` to what an absolute target says (RFC 9112, 3.2.2). */
function pathOf(incoming: IncomingMessage, headers: Headers): string {
  const { url = "/", method = "GET", httpVersion, rawHeaders } = incoming;
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts > 1) throw new Problem(400, "Host is given twice");
  if (hosts === 0 && httpVersion === "1.1") throw new Problem(400, "Host is missing");
  const [, authority, rest] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (authority !== undefined) {
    headers.set("host", authority);
    return rest.startsWith("/") ? rest : `/${rest}`;
  }
  if (url.startsWith("/")) return url;
  throw noRequest(method);
}

/** The problem of a path that is none, or of a method that goes without one: CONNECT, TRACE, OPTIONS. */
function noRequest(method: string, cause?: unknown): Problem {
  return ["GET", "HEAD", "POST"].includes(method)
    ? new Problem(400, "the request's target is not a path", { cause })
    : new Problem(405, "GET and POST are all there is", { allow: ["GET", "POST"], cause });
}

function bodyOf(
  incoming: IncomingMessage,
  onAsked: (() => void) | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let over = false, asked = false;
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
      if (!asked) onAsked?.();
      asked = true;
      incoming.resume();
    },
    cancel() {
      over = true;
    },
  }, { highWaterMark: 0 });
}

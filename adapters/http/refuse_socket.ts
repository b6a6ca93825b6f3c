import type { Duplex } from "node:stream";
import { Problem, PROBLEM_TITLES, type ProblemStatus } from "../../src/serve/problem.ts";
import { LINGER_MS } from "./linger.ts";

/** What the errors of the parser and of the listener's own clock are, by their codes. */
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

/** Connections that were refused: the parser goes on to complain of what they still send. */
const refused = new WeakSet<Duplex>();

/**
 * Answers what never became a request, or no longer is one, and closes the connection a little later,
 * also if the client does not.
 *
 * @param reason A status, or the code of an error of `node:http`; 400 for one that is not known.
 * @param detail One line for people. Default: what the status means here.
 */
export function refuseSocket(
  socket: Duplex,
  reason: ProblemStatus | string | undefined,
  detail?: string,
): void {
  if (refused.has(socket)) return;
  refused.add(socket);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = typeof reason === "number" ? reason : STATUS_OF[reason ?? ""] ?? 400;
  const body = JSON.stringify(new Problem(status, detail ?? DETAILS[status]!).details());
  // Who has gone by now resets the connection; nobody else listens for that after a CONNECT.
  socket.on("error", () => {});
  socket.end(
    `HTTP/1.1 ${status} ${PROBLEM_TITLES[status]}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n` +
      `${status === 405 ? "allow: GET, POST\r\n" : ""}\r\n${body}`,
  );
  // Data that nobody reads would have the connection reset, and the answer lost.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(timer));
}

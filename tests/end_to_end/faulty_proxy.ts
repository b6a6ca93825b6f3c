import { createServer, type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a request of a faulty proxy fails. */
export const FAULTS = ["busy", "lost request", "lost answer", "cut answer"] as const;

/** Of so many requests one fails: 5 %. */
const FAILS = 20;
/** Of so many one stalls, half of them in the middle of the answer. */
const STALLS = 33;

/** A proxy in front of a server, which does not do all that it should. */
export interface FaultyProxy {
  /** Its address. */
  readonly url: string;
  /** How often each fault happened. */
  readonly happened: ReadonlyMap<string, number>;
  /** How many requests came while the server was there. */
  readonly requests: number;
}

/** What such a proxy is told. */
export interface ProxyOptions {
  /** The server's address. */
  readonly to: string;
  /** What happens at a request of this number, while which nobody is let through. */
  readonly at: { readonly request: number; readonly work: () => Promise<void> };
}

/**
 * Runs `work` beside a proxy that fails one request of twenty in turn with 503, without passing it on, after it was
 * done, or in the middle of the answer; lets some stand still for ever; and at one request breaks all connections,
 * refuses all others for as long as something goes on, and then works again.
 */
export async function withFaultyProxy(
  { to, at }: ProxyOptions,
  work: (proxy: FaultyProxy) => Promise<void>,
): Promise<void> {
  const happened = new Map<string, number>();
  const { hostname, port } = new URL(to);
  let count = 0;
  let outage: Promise<void> | undefined;
  const note = (what: string) => void happened.set(what, (happened.get(what) ?? 0) + 1);

  function faultOf(n: number): string | undefined {
    if (n % FAILS === 3) return FAULTS[Math.floor(n / FAILS) % FAULTS.length];
    if (n % STALLS === 11) return Math.floor(n / STALLS) % 2 ? "half an answer" : "silence";
  }

  function pass(request: IncomingMessage, response: ServerResponse, fault?: string): void {
    const { method, url: path, headers } = request;
    const passed = ask({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const parts: Uint8Array[] = [];
      answer.on("data", (part: Uint8Array) => parts.push(part));
      answer.on("error", () => request.destroy());
      answer.on("end", () => {
        if (fault === "lost answer") return request.destroy();
        response.writeHead(answer.statusCode!, answer.headers);
        if (fault === undefined) {
          for (const part of parts) response.write(part);
          return response.end();
        }
        const half = parts[0]?.subarray(0, Math.ceil(parts[0].length / 2));
        response.flushHeaders();
        if (half) response.write(half);
        if (fault === "cut answer") setTimeout(() => request.destroy(), 50);
      });
    });
    passed.on("error", () => request.destroy());
    request.pipe(passed);
  }

  const server = createServer((request, response) => {
    if (outage) return request.destroy();
    const n = count++;
    if (n === at.request) {
      note("outage");
      outage = at.work().finally(() => outage = undefined);
      return server.closeAllConnections();
    }
    const fault = faultOf(n);
    if (fault) note(fault);
    if (fault === "silence") return;
    if (fault === "lost request") return request.destroy();
    if (fault === "busy") return void response.writeHead(503).end("<Code>SlowDown</Code>");
    pass(request, response, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo;
  try {
    await work({
      url: `http://127.0.0.1:${own}`,
      happened,
      get requests() {
        return count;
      },
    });
  } finally {
    await outage;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

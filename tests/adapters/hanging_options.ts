import type { ListenOptions } from "../../adapters/http/listen.ts";
import type { ServeLimits } from "../../src/serve/limits.ts";

/** What a server of a hanging app is started with. */
export interface HangingOptions {
  readonly limits?: Partial<ServeLimits>;
  /** Most connections at once. */
  readonly maxConnections?: number;
}

/** The same for the listener, on a free port. */
export function listenOptions({ limits, maxConnections }: HangingOptions): ListenOptions {
  const timeoutSeconds = limits?.timeoutSeconds ?? 60;
  return { host: "127.0.0.1", port: 0, timeoutSeconds, maxConnections };
}

import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { type App, createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { Problem } from "../../src/serve/problem.ts";

/** What a worker of Cloudflare exports. */
export interface Endpoint {
  /** Answers a request; never throws. */
  fetch(request: Request): Promise<Response>;
}

/** Smaller than a server's: Cloudflare gives a worker 128 MB for its code, the model and all requests. */
const LIMITS = serveLimits({
  maxBytes: 8 * 2 ** 20,
  maxHeldBytes: 16 * 2 ** 20,
  maxDecodedBytes: 32 * 2 ** 20,
  maxSeconds: 30,
  maxPixels: 1920 * 1080,
  queue: 8,
});

/**
 * The endpoint as an edge worker. The model is loaded by the first request: before it a worker may neither
 * hash nor wait for anything. After a failure the next request tries again.
 */
export function endpoint(loadModel: () => Promise<Recognizer>): Endpoint {
  let app: Promise<App> | undefined;
  const load = async () => {
    const runner = new InlineRunner(await loadModel(), LIMITS);
    // Cloudflare hands a worker only what was sent to the names that it was deployed under.
    return createApp({ runner, limits: LIMITS, allowedHosts: ["*"] });
  };
  return {
    async fetch(request) {
      let loaded: App;
      try {
        loaded = await (app ??= load().catch((error) => {
          app = undefined;
          console.error(error);
          throw error;
        }));
      } catch {
        return new Problem(500, "the model cannot be loaded; the server's log says why").response();
      }
      return await loaded.fetch(request);
    },
  };
}

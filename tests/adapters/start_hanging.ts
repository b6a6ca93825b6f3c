import { join } from "node:path";
import { bundleCode } from "../../adapters/bundle/bundle_code.ts";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { listen } from "../../adapters/http/listen.ts";
import { hangingApp } from "./hanging_app.ts";
import { type HangingOptions, listenOptions } from "./hanging_options.ts";
import { startNode } from "./start_node.ts";

/** A server that runs. */
export interface RunningServer {
  /** Where it listens. */
  readonly url: string;
  /** Ends it. */
  stop(): Promise<unknown>;
}

/** Serves {@linkcode hangingApp} as `deno task serve` does. */
export async function startDeno(options: HangingOptions): Promise<RunningServer> {
  return await listen(hangingApp(options.limits), listenOptions(options));
}

/** Serves it in Node, bundled as Node's server is. */
export async function startHangingNode(options: HangingOptions): Promise<RunningServer> {
  const dir = await Deno.makeTempDir({ prefix: "emofuse-node-" });
  const folder = join(dir, "node");
  const code = await bundleCode({
    entries: { server: "tests/adapters/hanging_node_server.ts" },
    node: true,
  });
  const files = new Map(code.map(({ name, bytes }) => [name, bytes]));
  files.set("package.json", new TextEncoder().encode('{ "type": "module" }\n'));
  await writeFolder(folder, files);
  const server = await startNode(folder, "none", { env: { OPTIONS: JSON.stringify(options) } });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Serves it with `Deno.serve`, as docs/http.md shows. */
export function startDenoServe({ limits }: HangingOptions): Promise<RunningServer> {
  const app = hangingApp(limits);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => app.fetch(request),
  );
  return Promise.resolve({
    url: `http://127.0.0.1:${server.addr.port}`,
    stop: () => server.shutdown(),
  });
}

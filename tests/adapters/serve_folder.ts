import { join } from "node:path";

/** Media types of what `deno task bundle` writes. */
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript",
  wasm: "application/wasm",
};

/** A server of the files of a folder, and of answers that are given by path. */
export interface FolderServer {
  /** Its address, with a slash at the end. */
  readonly url: string;
  /** Ends it. */
  close(): Promise<void>;
}

/** Serves a folder, with index.html at its root, on a free port of 127.0.0.1. */
export function serveFolder(
  folder: string,
  others: Readonly<Record<string, () => Response>> = {},
): FolderServer {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (others[pathname]) return others[pathname]();
      const name = pathname === "/" ? "index.html" : pathname.slice(1);
      try {
        const type = TYPES[name.split(".").pop()!] ?? "application/octet-stream";
        return new Response(await Deno.readFile(join(folder, name)), {
          headers: { "content-type": type },
        });
      } catch {
        return new Response(`there is no ${name}`, { status: 404 });
      }
    },
  );
  return { url: `http://127.0.0.1:${server.addr.port}/`, close: () => server.shutdown() };
}

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import manifest from "../../../deno.json" with { type: "json" };
import { installedPackage } from "./installed_package.ts";
import { npm } from "./npm_install.ts";

/** A registry of npm on this machine, which ends with what uses it. */
export interface Registry extends AsyncDisposable {
  /** The variables by which Deno and npm ask it. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts a registry that has the packed package, as if it were published, and sends whoever asks for another one to
 * the registry that npm asks here.
 */
export async function startRegistry(): Promise<Registry> {
  const { tarball, modules } = await installedPackage();
  const others = (await npm(modules, ["config", "get", "registry"])).trim();
  const bytes = await Deno.readFile(tarball);
  const { version } = manifest;
  const about = JSON.parse(await Deno.readTextFile(join(modules, "emofuse/package.json")));
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const file = `/emofuse/-/emofuse-${version}.tgz`;

  const server = createServer((request, response) => {
    if (request.url === "/emofuse") {
      const dist = { tarball: address(file), integrity };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({
        name: "emofuse",
        "dist-tags": { latest: version },
        versions: { [version]: { ...about, dist } },
      }));
    } else if (request.url === file) response.end(bytes);
    else response.writeHead(302, { location: new URL(request.url!.slice(1), others).href }).end();
  });
  const address = (path: string) =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    env: { NPM_CONFIG_REGISTRY: address("/") },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

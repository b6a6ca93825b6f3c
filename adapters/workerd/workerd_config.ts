/** The day whose behaviour of the runtime is meant. */
export const COMPATIBILITY_DATE = "2026-11-01";

/** A worker's module that is no code. */
type DataKind = "wasm" | "data";

/** What a module is, by its name; undefined for a file that is none. */
function moduleKind(name: string): DataKind | "esModule" | undefined {
  if (name.endsWith(".js")) return "esModule";
  if (name.endsWith(".wasm")) return "wasm";
  return name.endsWith(".emofuse") ? "data" : undefined;
}

/**
 * Configuration of workerd itself, in Cap'n Proto's text form: one worker of the given files, the first of
 * which is its entry, without access to any network. Files that are no modules are left out.
 *
 * @example
 * ```ts
 * import { workerdConfig } from "./workerd_config.ts";
 * import assert from "node:assert/strict";
 *
 * const config = workerdConfig(["worker.js", "dsp.wasm", "worker.js.LEGAL.txt"]);
 * assert.match(config, /esModule = embed "worker.js"/);
 * assert.match(config, /wasm = embed "dsp.wasm"/);
 * assert.doesNotMatch(config, /LEGAL/);
 * ```
 */
export function workerdConfig(files: readonly string[]): string {
  const modules = files.flatMap((name) => {
    const kind = moduleKind(name);
    return kind ? [`      (name = "${name}", ${kind} = embed "${name}"),`] : [];
  });
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "emofuse", worker = .emofuse),
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "emofuse")]
);

const emofuse :Workerd.Worker = (
  compatibilityDate = "${COMPATIBILITY_DATE}",
  modules = [
${modules.join("\n")}
  ]
);
`;
}

/** Configuration of Cloudflare's own program, wrangler, for the same worker. */
export function wranglerConfig(entry: string): string {
  const config = {
    name: "emofuse",
    main: entry,
    compatibility_date: COMPATIBILITY_DATE,
    // The code is bundled already; the other files are modules that it imports.
    no_bundle: true,
    find_additional_modules: true,
    rules: [
      { type: "ESModule", globs: ["*.js"], fallthrough: false },
      { type: "CompiledWasm", globs: ["*.wasm"], fallthrough: false },
      { type: "Data", globs: ["*.emofuse"], fallthrough: false },
    ],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

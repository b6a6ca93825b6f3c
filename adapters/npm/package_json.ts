import { carriedFolder } from "./carried_packages.ts";
import { CodeBundleError } from "../bundle/bundle_error.ts";
import manifest from "../../deno.json" with { type: "json" };

/** The name and the version of `npm:csv-parse@7.0.3/sync`. */
const SPECIFIER = /^npm:(@?[^@]+)@([^/]+)/;

/** What programs hand over where Emofuse cannot find it by itself, as in edge workers. */
const FILES: Readonly<Record<string, string>> = {
  "./wasm/dsp.wasm": "./build/dsp.wasm",
  "./wasm/dsp.relaxed.wasm": "./build/dsp.relaxed.wasm",
  "./wasm/kernels.wasm": "./build/kernels.wasm",
  "./wasm/kernels.relaxed.wasm": "./build/kernels.relaxed.wasm",
  "./wasm/tfjs.wasm": `./${
    carriedFolder("@tensorflow/tfjs-backend-wasm")
  }tfjs-backend-wasm-simd.wasm`,
  "./default.emofuse": "./models/pretrained/default.emofuse",
};

/** The version of each package that deno.json names. */
function versions(): ReadonlyMap<string, string> {
  return new Map(
    Object.values(manifest.imports).flatMap((specifier) => {
      const [, name, version] = SPECIFIER.exec(specifier) ?? [];
      return name ? [[name, version] as const] : [];
    }),
  );
}

/**
 * The `package.json` of the npm package.
 *
 * @param used Names of the packages that its code imports.
 *
 * @throws {CodeBundleError} If deno.json names no version of one of them.
 */
export function packageJson(used: Iterable<string>): string {
  const known = versions();
  const dependencies = [...new Set(used)].sort();
  const unknown = dependencies.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new CodeBundleError(`deno.json has no ${unknown.join(", ")}`);
  const exports = Object.entries(manifest.exports).map(([entry, file]) => {
    const types = file.replace(/\.ts$/, ".d.ts");
    const name = entry === "." ? "emofuse" : entry.slice(2);
    return [entry, { types, default: `./dist/${name}.js` }];
  });
  return `${
    JSON.stringify(
      {
        name: "emofuse",
        version: manifest.version,
        description: "Recognises emotion from voices and faces, in TypeScript and WebAssembly",
        keywords: ["emotion recognition", "speech", "face", "mfcc", "webassembly", "ravdess"],
        license: manifest.license,
        type: "module",
        // Node 20.19 finds out by itself that @ffmpeg/core is made of modules.
        engines: { node: ">=20.19" },
        bin: { emofuse: "dist/command.js" },
        exports: { ...Object.fromEntries(exports), ...FILES, "./package.json": "./package.json" },
        types: "./mod.d.ts",
        dependencies: Object.fromEntries(dependencies.map((name) => [name, known.get(name)])),
      },
      null,
      2,
    )
  }\n`;
}

import manifest from "../../deno.json" with { type: "json" };

/** The name and the version of `npm:csv-parse@7.0.3/sync`. */
const SPECIFIER = /^npm:(@?[^@]+)@([^/]+)/;

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
 */
export function packageJson(used: Iterable<string>): string {
  const known = versions();
  const names = [...new Set(used)].sort();
  const dependencies = names.filter((name) => known.has(name));
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
        exports: { ...Object.fromEntries(exports), "./package.json": "./package.json" },
        types: "./mod.d.ts",
        dependencies: Object.fromEntries(dependencies.map((name) => [name, known.get(name)])),
      },
      null,
      2,
    )
  }\n`;
}

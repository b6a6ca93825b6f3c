import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../../needs.ts";
import { ENTRIES } from "./examples.ts";
import { installedPackage } from "./installed_package.ts";
import { runNode } from "./run_program.ts";
import { linters } from "./tools.ts";

/** What the package hands over as it is: no module, and so without types. */
const FILES = /\.(wasm|emofuse)$/;

await testWith(
  ["node", "npm package", "linters of packages"],
  "publint and arethetypeswrong find nothing in the packed package",
  async () => {
    const folder = await linters();
    const bin = (name: string) => join(folder, "node_modules", ".bin", name);
    const { tarball, modules } = await installedPackage();

    const lint = await runNode(folder, bin("publint"), "--strict", tarball);
    assert.equal(lint.code, 0, lint.out + lint.err);
    assert.match(lint.out, /All good!/);

    const about = await Deno.readTextFile(join(modules, "emofuse", "package.json"));
    const files = Object.keys(JSON.parse(about).exports).filter((entry) => FILES.test(entry));
    assert(files.length > 0);
    const args = ["--profile", "esm-only", "--no-emoji", "--exclude-entrypoints", ...files];
    const types = await runNode(folder, bin("attw"), tarball, ...args);
    assert.equal(types.code, 0, types.out + types.err);
    for (const entry of ENTRIES) assert.match(types.out, new RegExp(`"${entry}" +│ OK \\(ESM\\)`));
  },
);

import assert from "node:assert/strict";
import { join } from "node:path";
import { BenchError } from "../../bench/contender.ts";
import { benchImport } from "../../bench/import/import.ts";
import { importTable } from "../../bench/import/import_table.ts";
import { testWith } from "../needs.ts";

/** A package with the given entries, each a module of its own. */
async function makePackage(folder: string, files: Record<string, string>): Promise<string> {
  await Deno.mkdir(folder);
  const exports: Record<string, unknown> = { "./package.json": "./package.json" };
  for (const [entry, text] of Object.entries(files)) {
    const file = `./${entry.replace(/\W/g, "_")}.mjs`;
    exports[entry] = { default: file };
    await Deno.writeTextFile(join(folder, file), text);
  }
  await Deno.writeTextFile(join(folder, "package.json"), JSON.stringify({ name: "some", exports }));
  return folder;
}

await testWith(
  ["node"],
  "benchImport() measures each entry of each package, and importTable() shows it",
  async () => {
    const dir = await Deno.makeTempDir();
    try {
      const busy = "const end = performance.now() + 60; while (performance.now() < end) {}";
      const packages = [
        await makePackage(join(dir, "one"), { ".": "", "./busy": busy }),
        await makePackage(join(dir, "two"), { ".": "" }),
      ];
      const rows = await benchImport({ packages, rounds: 1 });
      assert.deepEqual(rows.map(({ entry }) => entry), ["some", "some/busy"]);
      const [, { costs: [cost, none] }] = rows;
      assert(cost!.wall >= 60);
      assert.equal(none, undefined);
      assert.match(importTable(rows), new RegExp(`some/busy.* ${cost!.wall.toFixed(0)} `));
      const broken = await makePackage(join(dir, "three"), { ".": "throw new Error('no luck')" });
      await assert.rejects(
        benchImport({ packages: [broken], rounds: 1 }),
        (error: Error) => error instanceof BenchError && /no luck/.test(error.message),
      );
      await assert.rejects(benchImport({ packages: [join(dir, "four")] }), /deno task npm/);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
);

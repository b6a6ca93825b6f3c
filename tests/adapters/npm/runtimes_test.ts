import assert from "node:assert/strict";
import { type Need, testWith } from "../../needs.ts";
import { asJavaScript, ENTRIES, exampleOf, readmeExamples } from "./examples.ts";
import { programFolder } from "./installed_package.ts";
import { runProgram } from "./run_program.ts";
import { runtimes } from "./tools.ts";

/** A module's name for an example. */
const fileOf = (entry: string) => `${entry.replace("/", "-")}.js`;

/** Runs every example, one after another, and says which went through. */
const RUNNER = `
for (const [entry, file] of ${
  JSON.stringify(ENTRIES.map((entry) => [entry, `./${fileOf(entry)}`]))
}) {
  try {
    await import(file);
    console.log("works: " + entry);
  } catch (error) {
    console.log(entry + ": " + (error?.stack ?? error));
  }
}
`;

/** The runtimes, with the command that runs a module in each. */
const RUNTIMES: Readonly<
  Record<string, { needs: readonly Need[]; command: () => Promise<readonly string[]> }>
> = {
  "Node": { needs: ["node", "npm package"], command: async () => ["node"] },
  "Node 22": {
    needs: ["npm package", "runtimes of npm"],
    command: async () => [(await runtimes()).node22],
  },
  "Bun": {
    needs: ["npm package", "runtimes of npm"],
    command: async () => [(await runtimes()).bun, "run"],
  },
  "Deno": {
    needs: ["npm package"],
    command: async () => [Deno.execPath(), "run", "-A", "--no-lock"],
  },
};

Deno.test("the package's README has the example of each entry", () => {
  const examples = readmeExamples();
  for (const entry of ENTRIES) assert.equal(examples.get(entry), exampleOf(entry), entry);
});

for (const [name, { needs, command }] of Object.entries(RUNTIMES)) {
  await testWith(
    needs,
    `the examples of every entry run in ${name}, from the packed package`,
    async () => {
      const examples = ENTRIES.map((entry) => [fileOf(entry), asJavaScript(exampleOf(entry))]);
      await using place = await programFolder({
        ...Object.fromEntries(examples),
        "all.js": RUNNER,
      });
      const [program, ...args] = await command();
      const { code, out, err } = await runProgram(place.folder, program, [...args, "all.js"]);
      assert.equal(code, 0, err);
      assert.deepEqual(out.trim().split("\n"), ENTRIES.map((entry) => `works: ${entry}`));
      assert.doesNotMatch(err, /warning/i);
    },
  );
}
